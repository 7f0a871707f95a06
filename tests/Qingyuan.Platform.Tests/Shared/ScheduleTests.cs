using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Tests.Ingest;
using Quartz;

namespace Qingyuan.Platform.Tests.Shared;

/// <summary>Two processes' worth of schedulers on one real PostgreSQL.</summary>
public class ScheduleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_date_is_scanned_once_however_many_look_and_also_when_one_of_them_ends()
    {
        var postgres = await PostgresServer.SharedAsync();
        var database = await postgres.NewDatabaseAsync();
        using var first = Host(database);
        using var second = Host(database);
        await first.StartAsync(Ct);
        await second.StartAsync(Ct);
        // Who starts files the schedule anew: counted from where both have.
        var scheduler = await first.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Ct);
        await scheduler.PauseAll(Ct);
        await Eventually.That(async () => await NumberAsync(database, "SELECT count(*) FROM qrtz_fired_triggers") is 0);
        var (fired, scanned) = (await FiredAsync(database), Scans(first) + Scans(second));
        await scheduler.ResumeAll(Ct);
        await Eventually.That(async () => await FiredAsync(database) > fired + 2);

        await first.StopAsync(Ct);
        var after = Scans(second);
        await Eventually.That(() => Scans(second) > after + 1);
        await second.StopAsync(Ct);

        Assert.Equal(await FiredAsync(database) - fired, Scans(first) + Scans(second) - scanned);
    }

    [Fact]
    public async Task It_ends_also_when_the_database_went_away_beneath_a_scan()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        using var host = Host<Waiting>(await postgres.NewDatabaseAsync());
        await host.StartAsync(Ct);
        var scan = host.Services.GetServices<IDueScan>().OfType<Waiting>().Single();
        await scan.Begun.Task.WaitAsync(Ct);
        await postgres.KillAsync();
        scan.End.SetResult(); // and this cannot be written down

        var stopping = host.StopAsync(Ct); // which may take ten minutes
        await Eventually.That(() => stopping.IsCompleted);
        await stopping;
    }

    private static IHost Host(string database) => Host<Counting>(database);

    private static IHost Host<TScan>(string database)
        where TScan : class, IDueScan
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging().AddPersistence(new(database, "")).AddDueScan<TScan>(TimeSpan.FromMilliseconds(500)).Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(10));
        return builder.Build();
    }

    private static int Scans(IHost host) => host.Services.GetServices<IDueScan>().OfType<Counting>().Single().Scans;

    /// <summary>How often the schedule was due, as the schedulers agreed.</summary>
    private static Task<int> FiredAsync(string database) => NumberAsync(database, "SELECT sum(times_triggered) FROM qrtz_simple_triggers");

    private static async Task<int> NumberAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(Ct), CultureInfo.InvariantCulture);
    }

    private sealed class Waiting : IDueScan
    {
        public string Name => "waiting";

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task ScanAsync(CancellationToken ct)
        {
            Begun.TrySetResult();
            return End.Task;
        }
    }

    private sealed class Counting : IDueScan
    {
        private int _scans;

        public string Name => "counting";

        public int Scans => Volatile.Read(ref _scans);

        public Task ScanAsync(CancellationToken ct)
        {
            Interlocked.Increment(ref _scans);
            return Task.CompletedTask;
        }
    }
}
