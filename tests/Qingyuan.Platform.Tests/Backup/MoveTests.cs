using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Backup;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>From the files of one machine to a PostgreSQL.</summary>
public sealed class MoveTests
{
    private static readonly DateTime Hour = new(2026, 11, 20, 8, 0, 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_that_lay_in_files_answers_from_the_server_afterwards_and_the_evidence_log_goes_on()
    {
        await using var house = await BackupHouse.StartAsync();
        var (frames, entry, before) = await FillAsync(house);
        await house.StopAsync();
        var database = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();

        var report = (await MoveAsync(house, database)).Value;

        Assert.Equal((frames.Count, 2L), (report.Frames, report.Chunks));
        Assert.True(report.Rows > 0);
        await house.StartAsync(house.Data, database);
        Assert.Equal("##frame 7", await house.TextAsync(frames[7]));
        Assert.Equal(before, await PictureAsync(house));
        var found = (await house.Get<ILedgerReader>().FindAsync(entry, Token))!;
        Assert.NotNull(found.LogIndex);
        await house.SealedAsync(await house.RecordAsync("after the move"));
        Assert.True((await house.Get<ILedgerAudit>().RunAsync(Token)).Findings.Count is 0);
        Assert.Single((await house.Get<ILedgerReader>().ListAsync(new(KindPrefix: "installation.moved"), Token)).Items);
        Assert.Equal("##frame 100", await house.TextAsync((await house.StoreAsync(100, 1))[0]));
        Assert.False(File.Exists(Path.Combine(house.Data, "platform.db")));
    }

    [Fact]
    public async Task Rows_that_the_server_numbers_go_on_after_those_that_came_along()
    {
        await using var house = await BackupHouse.StartAsync();
        await FillAsync(house);
        await house.StopAsync();
        var database = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        Assert.True((await MoveAsync(house, database)).IsOk);
        await house.StartAsync(house.Data, database);

        var archive = house.Get<IStationArchive>();
        Assert.True((await archive.AddAsync(new("MOVED0002", "二号", StationKind.Gas, 2017, "123456"), BackupHouse.Administrator, Token)).IsOk);
        Assert.NotEqual(house.Get<IStationDirectory>().Find("MOVED0001")!.StationNo, house.Get<IStationDirectory>().Find("MOVED0002")!.StationNo);
        Assert.True((await house.Get<IAccounts>().AddAsync("newcomer", Roles.Technician, null, BackupHouse.Administrator, Token)).IsOk);
    }

    [Fact]
    public async Task A_copy_that_is_not_what_was_copied_is_refused_and_the_files_serve_as_before()
    {
        await using var house = await BackupHouse.StartAsync();
        await FillAsync(house);
        var whole = await house.StoreAsync(50, 1); // of a batch of its own
        await house.StopAsync();
        var file = Directory.GetFiles(Path.Combine(house.Data, "telemetry"), "frames-*.db").Single();
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using var flip = connection.CreateCommand();
            flip.CommandText = "DROP TRIGGER frame_batch_kept_update; UPDATE frame_batch SET content = zeroblob(length(content)) WHERE id = (SELECT min(id) FROM frame_batch)";
            await flip.ExecuteNonQueryAsync(Token);
        }

        var refused = await MoveAsync(house, await (await PostgresServer.SharedAsync()).NewDatabaseAsync());

        Assert.Equal("move.differs", refused.Refusal.Code);
        Assert.False(Directory.Exists(Path.Combine(house.Data, "before-postgresql")));
        await house.StartAsync(house.Data);
        Assert.Equal("##frame 50", await house.TextAsync(whole[0]));
    }

    [Fact]
    public async Task Neither_a_database_in_use_nor_a_directory_without_files_nor_a_second_time_is_taken()
    {
        await using var house = await BackupHouse.StartAsync();
        await FillAsync(house);
        await house.StopAsync();
        var server = await PostgresServer.SharedAsync();
        var database = await server.NewDatabaseAsync();
        Assert.Equal("move.nothing", (await MoveAsync(house, database, Directory.CreateTempSubdirectory("qingyuan-empty-").FullName)).Refusal.Code);
        Assert.True((await MoveAsync(house, database)).IsOk);
        Assert.Equal("move.done-before", (await MoveAsync(house, await server.NewDatabaseAsync())).Refusal.Code);

        await using var other = await BackupHouse.StartAsync();
        await other.StopAsync();
        Assert.Equal("move.not-empty", (await MoveAsync(other, database)).Refusal.Code);
        Assert.Contains("--db", (await Assert.ThrowsAsync<Qingyuan.Host.Commands.WrongUseException>(() => house.StartAsync(house.Data))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_move_that_was_cut_off_while_files_were_put_aside_begins_anew()
    {
        await using var house = await BackupHouse.StartAsync();
        var (frames, _, _) = await FillAsync(house);
        await house.StopAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(house.Data, "telemetry"), "*.db"))
        {
            Directory.CreateDirectory(Path.Combine(house.Data, "before-postgresql", "telemetry"));
            File.Move(file, Path.Combine(house.Data, "before-postgresql", "telemetry", Path.GetFileName(file)));
        }

        Assert.Contains("cut off", (await Assert.ThrowsAsync<Qingyuan.Host.Commands.WrongUseException>(() => house.StartAsync(house.Data))).Message, StringComparison.Ordinal); // nothing begins anew meanwhile
        var database = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        Assert.Equal(frames.Count, (await MoveAsync(house, database)).Value.Frames);
    }

    private static async Task<Result<MoveReport>> MoveAsync(BackupHouse house, string database, string? directory = null)
    {
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<IInstallations, Installations>().AddMove().BuildServiceProvider();
        return await services.GetRequiredService<IInstallationMove>().RunAsync(directory ?? house.Data, database, BackupHouse.Administrator, Token);
    }

    /// <summary>Frames, a station with values of two kinds, results, an entry that is sealed.</summary>
    private static async Task<(IReadOnlyList<FrameId> Frames, Guid Entry, string Picture)> FillAsync(BackupHouse house)
    {
        var frames = await house.StoreAsync(0, 20);
        Assert.True((await house.Get<IStationArchive>().AddAsync(new("MOVED0001", "一号", StationKind.Gas, 2017, "123456"), BackupHouse.Administrator, Token)).IsOk);
        var station = house.Get<IStationDirectory>().Find("MOVED0001")!.StationNo;
        var values = house.Get<IChunkWriter>();
        await values.ApplyAsync(station, new(frames[3], Resolution.Realtime, Hour, TimeProvider.System.GetUtcNow(), [new("a21002", "Rtd", "12.50", "N", null), new("a21002", "ZsRtd", "很高", null, null)]), Token);
        await values.ApplyAsync(station, new(frames[4], Resolution.Hour, Hour, TimeProvider.System.GetUtcNow(), [new("a21002", "Avg", "0.0", "N", null)]), Token);
        await house.Get<IDerivedStore>().PutAsync(station, Resolution.Hour, Hour, [new("a21002", "12.5", null, null, null, "valid", "N", "TEST@1", "")], Token);
        await house.Get<IDerivedStore>().PutAsync(station, Resolution.Hour, Hour, [new("a21002", "12.6", null, null, null, "valid", "N", "TEST@1", "")], Token);
        var entry = await house.RecordAsync("before the move");
        await house.SealedAsync(entry);
        return (frames, entry, await PictureAsync(house));
    }

    /// <summary>What readers see of the station.</summary>
    private static async Task<string> PictureAsync(BackupHouse house)
    {
        var station = house.Get<IStationDirectory>().Find("MOVED0001")!;
        var reader = house.Get<ITelemetryReader>();
        var realtime = await reader.ReadAllAsync(station.StationNo, Resolution.Realtime, Hour.Date, Hour.Date.AddDays(1), Token);
        var hours = await reader.ReadAllAsync(station.StationNo, Resolution.Hour, Hour.Date, Hour.Date.AddDays(1), Token);
        var latest = await reader.LatestAsync(station.StationNo, Token);
        var derived = await house.Get<IDerivedStore>().ReadAsync(station.StationNo, Resolution.Hour, Hour.Date, Hour.Date.AddDays(1), Token);
        await using var db = house.Get<IDatabase>().Read();
        var tables = db.Model.GetEntityTypes().Count();
        return string.Join(
            '\n',
            [
                .. realtime.Concat(hours).SelectMany(frame => frame.Values, (frame, value) => $"{frame.Frame} {frame.DataTime:O} {value.Factor} {value.Quantity} {value.Text} {value.Flag}"),
                .. latest.Select(value => $"{value.Factor} {value.Quantity} {value.Text} {value.Frame}"), .. derived.SelectMany(hour => hour.Values).Select(value => value.ToString()), $"{station.Name} {tables}",
            ]);
    }
}
