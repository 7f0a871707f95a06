using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Sql;
using Qingyuan.Platform.Analysis.Sql.DataSets;
using Qingyuan.Platform.Analysis.Sql.History;
using Qingyuan.Platform.Analysis.Sql.Running;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Analysis.Sql;

/// <summary>How old the values behind an answer may be, and that it says so.</summary>
public sealed class FreshnessTests
{
    private const string Api = "/api/v1/analysis/sql";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_of_a_period_that_goes_on_are_taken_for_ten_minutes_of_one_that_is_over_as_long_as_they_are_kept()
    {
        var site = await SqlSite.OfAsync(Engine.Sqlite);
        var time = new FakeTimeProvider(StationClock.Instant(SqlSite.Day.AddHours(36))); // in the middle of the second of two days
        using var workbench = Workbench(site, time);
        var person = site.Somebody("fresh");

        var first = await PrepareAsync(workbench, person);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(first.Id, (await PrepareAsync(workbench, person)).Id);
        time.Advance(TimeSpan.FromMinutes(1));
        var second = await PrepareAsync(workbench, person);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(time.GetUtcNow(), second.PreparedAt);

        time.Advance(TimeSpan.FromHours(13)); // the period is over now, but was not when they were prepared
        var whole = await PrepareAsync(workbench, person);
        Assert.NotEqual(second.Id, whole.Id);
        time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(whole.Id, (await PrepareAsync(workbench, person)).Id);
    }

    [Fact]
    public async Task Files_of_a_relative_period_are_those_of_its_days_and_not_taken_the_day_after()
    {
        var site = await SqlSite.OfAsync(Engine.Sqlite);
        var time = new FakeTimeProvider(StationClock.Instant(SqlSite.Day.AddHours(36)));
        using var workbench = Workbench(site, time);
        var person = site.Somebody("moving");
        var asked = AnalysisText.Parse(SqlSite.Question) with { From = null, To = null, Period = "yesterday" };

        var first = (await workbench.PrepareAsync(asked, false, person, Ct)).Value;
        Assert.Equal(first.Id, (await workbench.PrepareAsync(asked, false, person, Ct)).Value.Id);
        Assert.Equal(SqlSite.Day, AnalysisText.Parse(first.Query).Understand(default).Value.From);
        time.Advance(TimeSpan.FromHours(12));
        var next = (await workbench.PrepareAsync(asked, false, person, Ct)).Value;
        Assert.NotEqual(first.Id, next.Id);
        Assert.Equal(SqlSite.Day.AddDays(1), AnalysisText.Parse(next.Query).Understand(default).Value.From);
    }

    [Fact]
    public async Task One_call_may_ask_for_fresh_files_and_every_answer_says_when_they_were_prepared()
    {
        using var client = (await SqlSite.OfAsync(Engine.Sqlite)).House.Client(Roles.Regulator);

        var (first, same, fresh) = (await AskAsync(client, false), await AskAsync(client, false), await AskAsync(client, true));

        Assert.Equal(Text(first, "dataSet"), Text(same, "dataSet"));
        Assert.Equal(Text(first, "preparedAt"), Text(same, "preparedAt"));
        Assert.NotEqual(Text(first, "dataSet"), Text(fresh, "dataSet"));
        Assert.True(fresh.GetProperty("preparedAt").GetDateTimeOffset() > first.GetProperty("preparedAt").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, fresh.GetProperty("note").ValueKind);
    }

    private static SqlWorkbench Workbench(SqlSite site, FakeTimeProvider time)
    {
        var services = site.House.Services;
        var shelf = new Shelf(new DataDirectory(Directory.CreateTempSubdirectory("qingyuan-fresh-").FullName), time);
        return new(
            services.GetRequiredService<DataSetWriter>(), services.GetRequiredService<WorkbenchRun>(), shelf, services.GetRequiredService<HistoryBook>(), services.GetRequiredService<IStationDirectory>(),
            Options.Create(new SqlOptions()), time, NullLogger<SqlWorkbench>.Instance);
    }

    private static async Task<SqlDataSet> PrepareAsync(SqlWorkbench workbench, Person person) => (await workbench.PrepareAsync(AnalysisText.Parse(SqlSite.Question), false, person, Ct)).Value;

    private static async Task<JsonElement> AskAsync(HttpClient client, bool fresh)
    {
        using var answer = await client.PostAsJsonAsync(Api, new { query = SqlSite.Question, sql = "SELECT 1 AS one", fresh }, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static string? Text(JsonElement answer, string name) => answer.GetProperty(name).GetString();
}
