using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Control;
using Qingyuan.Host.Serving;
using Qingyuan.Hj212.Framing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>The whole platform over files in which bytes flipped.</summary>
public class ScrubTests
{
    private const string Mn = "SCRUB0000000000000000001";
    private static readonly DateTime Noon = new(2026, 11, 20, 12, 0, 0);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("R-5.5.3-2")]
    public async Task A_damaged_chunk_is_made_anew_from_its_frames_to_the_letter()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-scrub-").FullName;
        IReadOnlyList<ReadingRow> before;
        await using (var server = await FilledAsync(folder)) before = await SeriesAsync(server);
        Tamper(folder, "chunks-*.db", "UPDATE chunk_minute SET bytes = zeroblob(length(bytes))");
        await using var again = await Server.StartAsync(Said(folder));

        var report = await again.Services.GetRequiredService<IScrub>().RunAsync(Ct);

        Assert.Equal((1, 0), (report.Repaired, report.Findings.Count));
        Assert.Equal(10, before.Count);
        Assert.Equal(before, await SeriesAsync(again));
        await again.Services.GetRequiredService<IChunkWriter>().CheckpointAsync(0, Ct);
        Assert.Equal(0, (await again.Services.GetRequiredService<IScrub>().RunAsync(Ct)).Repaired);
    }

    [Fact]
    public async Task Damaged_frames_are_an_alarm_until_they_are_whole_again()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-scrub-").FullName;
        await (await FilledAsync(folder)).DisposeAsync();
        Tamper(folder, "frames-*.db", "UPDATE frame_batch SET content = CAST(content || x'00' AS BLOB), raw_bytes = raw_bytes + 1");
        await using var server = await Server.StartAsync(Said(folder));

        var report = await server.Services.GetRequiredService<IScrub>().RunAsync(Ct);

        Assert.Contains(report.Findings, finding => finding.Check == "batch");
        var open = await server.Services.GetRequiredService<IAlarmDesk>().ListAsync(new(OpenOnly: true, Kind: AlarmKind.Platform), null, Ct);
        Assert.Single(open.Items, alarm => alarm.Cause == "store-damaged");
    }

    [Fact]
    [Requirement("R-5.5.3-2")]
    [Requirement("R-5.5.3-4")]
    public async Task A_damaged_cold_file_is_made_anew_from_its_frames_and_becomes_cold_again()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-scrub-").FullName;
        var old = new DateTime(2024, 5, 20, 12, 0, 0);
        IReadOnlyList<ReadingRow> before;
        await using (var server = await Server.StartAsync(Said(folder)))
        {
            var added = await ControlVerbs.All["station add"].RunAsync(server.Services, new JsonObject { ["mn"] = Mn, ["name"] = "站", ["kind"] = "gas", ["edition"] = 2017, ["password"] = "123456" }, Ct);
            Assert.True(added.Exit is 0, added.Error);
            var station = server.Services.GetRequiredService<IStationDirectory>().Find(Mn)!.StationNo;
            for (var minute = 0; minute < 10; minute++)
            {
                var at = old.AddMinutes(minute);
                var receipt = await server.Services.GetRequiredService<IFrameLog>().AppendAsync(
                    new(station, Mn, new DateTimeOffset(at, TimeSpan.FromHours(8)), FrameVerdict.Accepted, null, "127.0.0.1:5000"), new(Encoding.ASCII.GetBytes(Frame(at, $"{minute}.50"))), Ct);
                await receipt.Durable;
            }

            await Ingest.Eventually.That(async () => (await SeriesAsync(server, old)).Count is 10);
        }

        await using (var server = await Server.StartAsync(Said(folder)))
        {
            Assert.Equal(["2024-05"], (await server.Services.GetRequiredService<IColdTier>().RunAsync(Ct)).Months);
            before = await SeriesAsync(server, old);
        }

        Assert.Equal(10, before.Count);
        var file = Path.Combine(folder, "telemetry", "cold", "values-2024-05.parquet");
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        bytes[20] ^= 4;
        await File.WriteAllBytesAsync(file, bytes, Ct);
        await using var again = await Server.StartAsync(Said(folder));

        var report = await again.Services.GetRequiredService<IScrub>().RunAsync(Ct);

        Assert.Equal((1, 0), (report.Repaired, report.Findings.Count));
        Assert.Equal(before, await SeriesAsync(again, old));
        await again.Services.GetRequiredService<IChunkWriter>().CheckpointAsync(0, Ct);
        Assert.Equal(2, Assert.Single((await again.Services.GetRequiredService<IColdTier>().RunAsync(Ct)).Parts).Number);
        Assert.Equal(before, await SeriesAsync(again, old));
        Assert.Equal(0, (await again.Services.GetRequiredService<IScrub>().RunAsync(Ct)).Repaired);
    }

    [Fact]
    public async Task An_hour_that_was_judged_by_a_late_frame_alone_is_judged_again_when_all_of_it_is_there()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-scrub-").FullName;
        await (await FilledAsync(folder)).DisposeAsync();
        Tamper(folder, "chunks-*.db", "UPDATE chunk_minute SET bytes = CAST(substr(bytes, 1, length(bytes) - 4) || x'00000000' AS BLOB)");
        await using var again = await Server.StartAsync(Said(folder));
        var station = again.Services.GetRequiredService<IStationDirectory>().Find(Mn)!.StationNo;
        var late = Noon.AddMinutes(5); // says again what was said
        await (await again.Services.GetRequiredService<IFrameLog>().AppendAsync(
            new(station, Mn, again.Services.GetRequiredService<TimeProvider>().GetUtcNow(), FrameVerdict.Accepted, null, "127.0.0.1:5000"), new(Encoding.ASCII.GetBytes(Frame(late, "5.50"))), Ct)).Durable;
        string? part = null;
        await Ingest.Eventually.That(async () => (part = await JudgedAsync(again)) is not null);

        var report = await again.Services.GetRequiredService<IScrub>().RunAsync(Ct);

        Assert.InRange(report.Repaired, 0, 1); // none when what was met by the late frame was mended before
        Assert.Empty(report.Findings);
        await Ingest.Eventually.That(async () => await JudgedAsync(again) != part);
    }

    [Fact]
    public async Task A_chunk_is_made_anew_from_frames_of_every_logger_the_station_had_and_of_archives_imported_long_after()
    {
        const string exchanged = "SCRUB0000000000000000002";
        var folder = Directory.CreateTempSubdirectory("qingyuan-scrub-").FullName;
        var old = new DateTime(2026, 3, 20, 12, 0, 0);
        IReadOnlyList<ReadingRow> before;
        await using (var server = await Server.StartAsync(Said(folder)))
        {
            var added = await ControlVerbs.All["station add"].RunAsync(server.Services, new JsonObject { ["mn"] = exchanged, ["name"] = "站", ["kind"] = "gas", ["edition"] = 2017, ["password"] = "123456" }, Ct);
            Assert.True(added.Exit is 0, added.Error);
            var (station, log) = (server.Services.GetRequiredService<IStationDirectory>().Find(exchanged)!.StationNo, server.Services.GetRequiredService<IFrameLog>());
            for (var minute = 0; minute < 3; minute++) // as they came, from the logger of that time
            {
                var at = old.AddMinutes(minute);
                await (await log.AppendAsync(new(station, exchanged, new DateTimeOffset(at, TimeSpan.FromHours(8)), FrameVerdict.Accepted, null, "127.0.0.1:5000"), new(Encoding.ASCII.GetBytes(Frame(at, $"{minute}.50", exchanged))), Ct)).Durable;
            }

            Assert.True((await server.Services.GetRequiredService<IStationArchive>().ChangeAsync(station, new(Mn, "站", StationKind.Gas, 2017, ""), Actor.Service("test", "self"), Ct)).IsOk);
            using var archive = new MemoryStream(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(3, 7).Select(minute => Frame(old.AddMinutes(minute), $"{minute}.50")))));
            Assert.Equal(7, (await server.Services.GetRequiredService<IFrameImport>().ImportAsync(archive, "archive.txt", Actor.Service("test", "self"), Ct)).Value.Imported);
            await Ingest.Eventually.That(async () => (await SeriesAsync(server, old)).Count is 10);
            before = await SeriesAsync(server, old);
        }

        Tamper(folder, "chunks-*.db", "UPDATE chunk_minute SET bytes = CAST(substr(bytes, 1, length(bytes) - 4) || x'00000000' AS BLOB)");
        await using var again = await Server.StartAsync(Said(folder));

        var report = await again.Services.GetRequiredService<IScrub>().RunAsync(Ct);

        Assert.Equal((1, 0), (report.Repaired, report.Findings.Count));
        Assert.Equal(before, await SeriesAsync(again, old));
    }

    /// <summary>A station with ten minutes of the past, written to its chunk and the platform stopped.</summary>
    private static async Task<Server> FilledAsync(string folder)
    {
        var server = await Server.StartAsync(Said(folder));
        var added = await ControlVerbs.All["station add"].RunAsync(server.Services, new JsonObject { ["mn"] = Mn, ["name"] = "站", ["kind"] = "gas", ["edition"] = 2017, ["password"] = "123456" }, Ct);
        Assert.True(added.Exit is 0, added.Error);
        var frames = string.Concat(Enumerable.Range(0, 10).Select(minute => Frame(Noon.AddMinutes(minute), $"{minute}.50")));
        using var archive = new MemoryStream(Encoding.ASCII.GetBytes(frames));
        Assert.Equal(10, (await server.Services.GetRequiredService<IFrameImport>().ImportAsync(archive, "archive.txt", Actor.Service("test", "self"), Ct)).Value.Imported);
        await Ingest.Eventually.That(async () => (await SeriesAsync(server)).Count is 10);
        await server.DisposeAsync();
        return await Server.StartAsync(Said(folder));
    }

    private static Task<IReadOnlyList<ReadingRow>> SeriesAsync(Server server, DateTime? from = null) => server.Services.GetRequiredService<ITelemetryReader>().ReadAsync(
        new(server.Services.GetRequiredService<IStationDirectory>().Find(Mn)!.StationNo, "a21002", from ?? Noon, (from ?? Noon).AddHours(1), Resolution.Minute), Ct);

    /// <summary>What was made of the hour; null before.</summary>
    private static async Task<string?> JudgedAsync(Server server)
    {
        var hours = await server.Services.GetRequiredService<IDerivedStore>().ReadAsync(server.Services.GetRequiredService<IStationDirectory>().Find(Mn)!.StationNo, Resolution.Hour, Noon, Noon.AddHours(1), Ct);
        return hours.SelectMany(hour => hour.Values).FirstOrDefault(value => value.Factor is "a21002")?.ToString();
    }

    private static string Frame(DateTime at, string value, string mn = Mn)
    {
        var stamp = at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var segment = $"QN={stamp}000;ST=31;CN=2051;PW=123456;MN={mn};Flag=4;CP=&&DataTime={stamp};a21002-Avg={value},a21002-Flag=N&&";
        return $"##{segment.Length:D4}{segment}{Crc16.Compute(Encoding.ASCII.GetBytes(segment)):X4}\r\n";
    }

    private static Dictionary<string, string?> Said(string folder) => new() { ["Data"] = folder, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0", ["Telemetry:ScrubBytesPerSecond"] = "0" };

    private static void Tamper(string folder, string files, string sql)
    {
        SqliteConnection.ClearAllPools();
        using var connection = new SqliteConnection($"Data Source={Directory.EnumerateFiles(Path.Combine(folder, "telemetry"), files).Single()};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // statements of these tests
        command.CommandText = TelemetryHouse.Untriggered + sql;
#pragma warning restore CA2100
        Assert.True(command.ExecuteNonQuery() > 0);
    }
}
