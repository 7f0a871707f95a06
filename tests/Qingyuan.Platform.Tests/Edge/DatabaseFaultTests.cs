using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Tests.Edge;

/// <summary>A database that is named wrongly, and one that is away.</summary>
public class DatabaseFaultTests
{
    [Theory]
    [InlineData("garbage", "KEY=VALUE")]
    [InlineData("Host=db;Bogus=1;Password=s3cret", "'bogus'")]
    [InlineData("Host=db;Port=s3cret", "'port'")]
    [InlineData("Host=db;Password=a;s3cret;Database=x", "in quotes")]
    [InlineData("Username=qingyuan;Password=s3cret", "Host")]
    [InlineData("", "Host")]
    public void What_is_wrong_with_a_connection_string_is_said_and_no_value_of_it(string connection, string says)
    {
        var fault = DatabaseAddress.Fault(connection);
        Assert.Contains(says, fault, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("s3cret", fault, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Host=db")]
    [InlineData("Host=a:5432,b:5433;Username=qingyuan;Password='x;y';Database=qingyuan")]
    public void One_that_can_be_read_has_no_fault(string connection) => Assert.Null(DatabaseAddress.Fault(connection));

    [Fact]
    public async Task A_database_that_is_away_is_a_503_and_one_that_says_no_a_500()
    {
        Assert.Equal((503, true), await AnswerAsync(new InvalidOperationException("likely transient", new NpgsqlException("refused", new SocketException(111)))));
        Assert.Equal((503, true), await AnswerAsync(new PostgresException("shutting down", "FATAL", "FATAL", "57P01")));
        Assert.Equal((500, false), await AnswerAsync(new PostgresException("no such table", "ERROR", "ERROR", "42P01")));
        Assert.Equal((500, false), await AnswerAsync(new InvalidOperationException("a bug")));
    }

    [Fact]
    public async Task What_the_mapper_makes_of_a_database_that_is_away_is_an_outage_and_a_bug_is_none()
    {
        await using var services = new ServiceCollection().AddLogging().AddPersistence(new($"Host=127.0.0.1;Port=1;Username=nobody", "")).BuildServiceProvider();
        await using var db = services.GetRequiredService<IDatabase>().Read();
        var away = await Assert.ThrowsAsync<InvalidOperationException>(() => db.Database.SqlQuery<int>($"SELECT 1").ToListAsync(TestContext.Current.CancellationToken));
        Assert.True(Outage.Is(away));
        Assert.True(Outage.Is(new IOException("disk")));
        Assert.False(Outage.Is(new InvalidOperationException("a bug")));
        Assert.False(Outage.Is(new InvalidOperationException("a bug", new ArgumentException("its cause"))));
    }

    private static async Task<(int Status, bool SaysAway)> AnswerAsync(Exception error)
    {
        await using var services = new ServiceCollection().AddLogging().AddApi().BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services };
        (http.Request.Path, http.Response.Body) = ("/api/v1/stations", body);
        Assert.True(await new ApiErrors().TryHandleAsync(http, error, TestContext.Current.CancellationToken));
        return (http.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()).Contains("server.database-away", StringComparison.Ordinal));
    }
}
