using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parquet;
using Qingyuan.Platform.Analysis.Sql.Running;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Telemetry.Store.Sqlite;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>On files.</summary>
public sealed class SqliteColdTests() : ColdTests(Engine.Sqlite)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task To_know_which_months_are_due_no_younger_file_is_opened_and_no_due_one_read_through()
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(1, 1, new(2024, 5, 1), ("a21002", "Rtd", "1", "N"));
        await house.CheckpointAsync(1);
        house.Execute("chunks-2024-05.db", ManyPages, "");
        var young = Path.Combine(house.Folder, "telemetry", "chunks-2026-10.db");
        await File.WriteAllTextAsync(young, new string('?', 100_000), Ct); // whoever opens it says that it is no database

        var months = house.Get<IChunkMonths>();
        Assert.Equal([(2024 * 12) + 4], months.Months((2024 * 12) + 10));

        Spoil(Path.Combine(house.Folder, "telemetry", "chunks-2024-05.db"));
        Assert.Throws<StoreFileException>(() => months.Stations((2024 * 12) + 4)); // reads every page
        Assert.Equal([(2024 * 12) + 4], months.Months((2024 * 12) + 10));
        File.Delete(young);
    }

    [Fact]
    public async Task A_month_whose_file_cannot_be_read_stays_and_the_others_go()
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(1, 1, new(2024, 5, 1), ("a21002", "Rtd", "1", "N"));
        await house.ApplyAsync(1, 2, new(2024, 6, 1), ("a21002", "Rtd", "2", "N"));
        await house.CheckpointAsync(2);
        house.Execute("chunks-2024-05.db", ManyPages, "");
        Spoil(Path.Combine(house.Folder, "telemetry", "chunks-2024-05.db"));

        var run = await house.Get<IColdTier>().RunAsync(Ct);

        Assert.Equal(["2024-06"], run.Months);
        Assert.Equal(["2024-05"], run.Left);
    }

    private const string ManyPages = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO chunk_minute SELECT i, zeroblob(8000) FROM n";

    /// <summary>Makes the last page of a database one that nobody can read.</summary>
    private static void Spoil(string path)
    {
        SqliteFiles.TakeIn(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Seek(-16384, SeekOrigin.End);
        file.Write(Enumerable.Repeat((byte)0xEE, 16384).ToArray());
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresColdTests() : ColdTests(Engine.Postgres);

/// <summary>Months beyond two years lie in Parquet files, and nobody who reads notices.</summary>
public abstract class ColdTests(Engine engine) : TelemetryTests(engine)
{
    private static readonly DateTime May = new(2024, 5, 1);
    private static readonly string[] Texts = ["1.50", "+1.5", "abc", "-0", "0", "-999999999", "999999999999", "007", "", "1E9", ".5", "0.000", "12345678901234567890123", "中", "-0.001", "1.2.3"];
    private static readonly string?[] Flags = ["N", "F", null, "自定", "D"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Requirement("R-5.5.3-4")]
    public async Task A_cold_month_reads_to_the_letter_as_it_did_before_also_after_a_restart(int seed)
    {
        await using var house = await OpenAsync(null, null, ("ColdFileBytes", "2048"));
        await FillAsync(house, seed);
        var before = await AllAsync(house);

        var run = await house.Get<IColdTier>().RunAsync(Ct);

        Assert.Equal(["2024-05", "2024-06"], run.Months);
        Assert.True(run.Parts.Count > 2); // more than one file a month
        Assert.Empty(house.Get<IChunkMonths>().Months()); // a file may stay with contradictions in it
        Assert.Equal(before, await AllAsync(house));
        await house.DisposeAsync();
        await using var again = await OpenAsync(house.Folder);
        Assert.Equal(before, await AllAsync(again));
        Assert.Equal((0, 0), ((await again.Get<IColdTier>().RunAsync(Ct)).Parts.Count, (await again.Get<ITelemetryAudit>().RunAsync(Ct)).Findings.Count));
    }

    [Fact]
    public async Task Another_engine_reads_the_files_as_they_are_described_and_finds_moments_by_their_bounds()
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(1, 1, May.AddHours(1), ("a21002", "Rtd", "1.50", "N"));
        await house.ApplyAsync(1, 2, May.AddHours(2), ("a21002", "Rtd", "007", "D"), ("a21026", "Rtd", "3", "N"));
        await house.ApplyAsync(1, 3, May.AddHours(3), ("a21002", "Rtd", "2.25", null));
        await house.CheckpointAsync(3);
        await house.Get<IColdTier>().RunAsync(Ct);

        var told = await AskAsync(house.Get<IColdTier>().Folder, """
            SELECT strftime(v.sampled_at, '%H:%M') AS at, coalesce(v.text, (v.mantissa / power(10, v.scale))::VARCHAR) AS value, s.batch AS batch FROM values v JOIN sources s USING (source)
            WHERE v.factor = 'a21002' AND v.sampled_at >= TIMESTAMP '2024-05-01 02:00:00' AND s.sampled_at < TIMESTAMP '2024-05-02' AND s.received_at > TIMESTAMPTZ '2001-01-01 00:00:00+00' ORDER BY v.sampled_at
            """);

        Assert.Equal(["02:00 007 2", "03:00 2.25 3"], told);
    }

    [Fact]
    public async Task Young_months_stay_and_the_policy_says_which_are_young()
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(1, 1, new(2024, 10, 31, 23, 59, 0), ("a21002", "Rtd", "1", "N"));
        await house.ApplyAsync(1, 2, new(2024, 11, 1, 0, 0, 0), ("a21002", "Rtd", "2", "N")); // not yet two whole years behind it
        await house.CheckpointAsync(2);

        Assert.Equal(["2024-10"], (await house.Get<IColdTier>().RunAsync(Ct)).Months);

        Assert.Equal(["2024-11"], await house.MonthsAsync("chunks", "chunk"));
        house.Time.Advance(TimeSpan.FromDays(10));
        await Ingest.Eventually.That(async () =>
        {
            await house.Get<IColdTier>().RunAsync(Ct); // or the hourly look, which may be at it already
            return house.Get<IChunkMonths>().Months() is [];
        });
        Assert.Equal(["2024-10", "2024-11"], house.Get<IColdTier>().Parts().Select(part => part.Month));
    }

    [Fact]
    public async Task A_late_frame_for_a_cold_month_is_kept_and_becomes_cold_with_the_next_run_in_a_new_file()
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(1, 1, May, ("a21002", "Rtd", "1.50", "N"), ("a21026", "Rtd", "7", "N"));
        await house.CheckpointAsync(1);
        await house.Get<IColdTier>().RunAsync(Ct);
        var first = Bytes(house);

        Assert.Equal(ApplyOutcome.Repeat, await house.ApplyAsync(1, 1, May, ("a21002", "Rtd", "1.50", "N")));
        Assert.Equal(ApplyOutcome.Conflict, await house.ApplyAsync(1, 2, May, ("a21002", "Rtd", "1.5", "N")));
        Assert.Equal(ApplyOutcome.New, await house.ApplyAsync(1, 3, May.AddMinutes(1), ("a21002", "Rtd", "2.5", "D")));
        Assert.Equal(ApplyOutcome.New, await house.ApplyAsync(2, 4, May, ("w01018", "Rtd", "30", null)));
        await AssertAsync();
        await house.CheckpointAsync(4);
        Assert.Equal(["2024-05"], await house.MonthsAsync("chunks", "chunk"));
        await AssertAsync();
        var run = await house.Get<IColdTier>().RunAsync(Ct);

        var part = Assert.Single(run.Parts);
        Assert.Equal((2, 2L), (part.Number, part.Values)); // only what came late
        Assert.Equal(first, Bytes(house).Where(file => first.ContainsKey(file.Key)).ToDictionary());
        await AssertAsync();
        await house.CheckpointAsync(5);
        await house.DisposeAsync();
        await using var again = await OpenAsync(house.Folder);
        Assert.Equal(["1.50", "2.5"], (await SeriesAsync(again, "a21002")).Select(row => row.Value));

        async Task AssertAsync()
        {
            Assert.Equal([("1.50", 1L), ("2.5", 3L)], (await SeriesAsync(house, "a21002")).Select(row => (row.Value!, row.Frame!.Value.Batch)));
            Assert.Equal("7", Assert.Single(await SeriesAsync(house, "a21026")).Value);
            Assert.Equal("30", Assert.Single(await SeriesAsync(house, "w01018", 2)).Value);
            Assert.Equal(new FrameId(2, 0), Assert.Single(await house.Get<IContradictions>().ListAsync(1, May, May.AddDays(1), Ct)).Second);
        }
    }

    [Theory]
    [InlineData(nameof(ColdStep.Written))]
    [InlineData(nameof(ColdStep.Verified))]
    [InlineData(nameof(ColdStep.Named))]
    [InlineData(nameof(ColdStep.Listed))]
    [InlineData(nameof(ColdStep.Entered))]
    [InlineData(nameof(ColdStep.Dropped))]
    public async Task Cut_off_anywhere_nothing_is_lost_or_doubled_and_the_next_run_goes_on(string step)
    {
        await using var house = await OpenAsync(null, null, ("ColdFileBytes", "2048"));
        await FillAsync(house, 7);
        var before = await AllAsync(house);
        var cut = Enum.Parse<ColdStep>(step);
        house.Get<ColdMove>().At = now =>
        {
            if (now == cut) throw new IOException("cut off");
        };
        await Assert.ThrowsAsync<IOException>(() => house.Get<IColdTier>().RunAsync(Ct));
        Assert.Equal(before, await AllAsync(house));

        await using var again = await OpenAsync(house.Folder, null, ("ColdFileBytes", "2048")); // the first one never got to say goodbye
        Assert.Equal(before, await AllAsync(again));
        await again.Get<IColdTier>().RunAsync(Ct);

        Assert.Equal(before, await AllAsync(again));
        Assert.Empty(again.Get<IChunkMonths>().Months());
        var parts = again.Get<IColdTier>().Parts();
        Assert.Equal(before.Count, parts.Sum(part => part.Values)); // none twice
        Assert.Equal(parts.SelectMany(part => part.Files).Select(file => file.Name).Order(), Directory.GetFiles(again.Get<IColdTier>().Folder, "*.parquet*").Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task What_is_written_while_a_month_moves_keeps_the_month_until_the_next_run()
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(1, 1, May, ("a21002", "Rtd", "1", "N"));
        await house.CheckpointAsync(1);
        house.Get<ColdMove>().At = step =>
        {
            if (step is not ColdStep.Verified) return;
            house.ApplyAsync(1, 2, May.AddMinutes(1), ("a21002", "Rtd", "2", "N")).AsTask().GetAwaiter().GetResult();
            house.Get<OpenChunks>().WriteAll();
        };

        Assert.Equal(["2024-05"], (await house.Get<IColdTier>().RunAsync(Ct)).Left);
        Assert.Equal(["1", "2"], (await SeriesAsync(house, "a21002")).Select(row => row.Value));
        house.Get<ColdMove>().At = null;
        Assert.Equal(["2024-05"], (await house.Get<IColdTier>().RunAsync(Ct)).Months);
        Assert.Equal(["1", "2"], (await SeriesAsync(house, "a21002")).Select(row => row.Value));
    }

    [Theory]
    [InlineData("values")]
    [InlineData("sources")]
    public async Task A_flipped_byte_is_found_and_no_value_is_given_out_of_that_file(string kind)
    {
        await using var house = await OpenAsync();
        await FillAsync(house, 5);
        await house.Get<IColdTier>().RunAsync(Ct);
        await house.DisposeAsync();
        var file = Path.Combine(house.Folder, "telemetry", "cold", $"{kind}-2024-05.parquet");
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        bytes[bytes.Length / 3] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Ct);

        await using var again = await OpenAsync(house.Folder);

        Assert.Equal("cold", Assert.Single((await again.Get<ITelemetryAudit>().RunAsync(Ct)).Findings).Check);
        await Assert.ThrowsAsync<ColdFileException>(() => AllAsync(again));
        Assert.Equal("cold", Assert.Single((await again.Get<IScrub>().RunAsync(Ct)).Findings).Check); // no frames that would bring it back
        Assert.Equal(ApplyOutcome.New, await again.ApplyAsync(1, 999, May.AddDays(3), ("a21002", "Rtd", "1", "N"))); // what comes late is kept all the same
        await again.CheckpointAsync(999);
    }

    [Fact]
    public async Task Other_programs_find_numbers_times_without_zone_and_the_frame_of_each_value()
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(1, 5, May.AddMinutes(3), ("a21002", "Rtd", "-1.50", "N"), ("a21002", "ZsRtd", "+2.5", "N"), ("i13001", "Info", "abc", null));
        await house.CheckpointAsync(1);
        await house.Get<IColdTier>().RunAsync(Ct);

        await using var file = File.OpenRead(Path.Combine(house.Folder, "telemetry", "cold", "values-2024-05.parquet"));
        await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: Ct);
        var time = reader.Metadata!.Schema.Single(column => column.Name == "sampled_at").LogicalType!.TIMESTAMP!;
        Assert.Equal((false, true), (time.IsAdjustedToUTC, time.Unit!.MICROS is not null));
        Assert.Equal(ColdFormat.Current, reader.CustomMetadata[ColdFormat.FormatKey]);
        var rows = ColdReader.Values(file.Name).ToList();
        Assert.Equal([("a21002", "Rtd", "-1.50"), ("a21002", "ZsRtd", "+2.5"), ("i13001", "Info", "abc")], rows.Select(row => (row.Factor, row.Quantity, row.Text)));
        Assert.Equal([null, "+2.5", "abc"], rows.Select(row => row.Verbatim));
        var columns = new ColdFormat.ValueColumns();
        using var group = reader.OpenRowGroupReader(0);
        var (mantissas, scales) = (new long?[3], new int?[3]);
        await group.ReadAsync<long>(columns.Mantissa, mantissas.AsMemory(), cancellationToken: Ct);
        await group.ReadAsync<int>(columns.Scale, scales.AsMemory(), cancellationToken: Ct);
        Assert.Equal([-150, 25, null], mantissas);
        Assert.Equal([2, 1, null], scales);
        Assert.Equal(new FrameId(5, 0), Assert.Single(ColdReader.Sources(file.Name.Replace("values", "sources", StringComparison.Ordinal))).Source.Frame);
    }

    /// <summary>Two months of three stations: all period lengths, odd texts and marks, gaps, times of sampling, frames of one moment.</summary>
    private static async Task FillAsync(TelemetryHouse house, int seed)
    {
        var random = new Random(seed);
        var batch = 0L;
        foreach (var station in (int[])[1, 2, 7])
        foreach (var period in Enum.GetValues<Resolution>())
        for (var i = 0; i < 40; i++)
        {
            var at = period is Resolution.Day ? May.AddDays(i) : period is Resolution.Hour ? May.AddDays(20).AddHours(i * 6) : May.AddDays(30).AddMinutes((random.Next(60 * 24) / 5 * 5) + (0.5 * i));
            List<ReportedValue> values = [];
            foreach (var factor in (string[])["a21002", "a21026", "w01018", "i13013"])
            foreach (var quantity in period is Resolution.Realtime ? (string[])["Rtd", "ZsRtd"] : ["Avg", "Min", "Max", "Cou"])
            {
                if (random.Next(10) is 0) continue;
                var text = random.Next(6) is 0 ? Texts[random.Next(Texts.Length)] : (random.Next(100_000) / 100m).ToString(CultureInfo.InvariantCulture);
                values.Add(new(factor, quantity, text, Flags[random.Next(Flags.Length)], random.Next(8) is 0 ? at.AddMinutes(-random.Next(90)) : null));
            }

            await house.Get<IChunkWriter>().ApplyAsync(station, new(new(++batch, random.Next(4)), period, at, TelemetryHouse.Noon.AddTicks(10 * random.Next(1_000_000_000)), values), Ct);
        }

        await house.CheckpointAsync(batch);
    }

    /// <summary>Every value of every station with all that is known of it, in one order.</summary>
    private static async Task<IReadOnlyList<string>> AllAsync(TelemetryHouse house)
    {
        var all = new List<string>();
        var reader = house.Get<ITelemetryReader>();
        foreach (var station in (int[])[1, 2, 7])
        foreach (var period in Enum.GetValues<Resolution>())
        {
            foreach (var frame in await reader.ReadAllAsync(station, period, May, May.AddMonths(2), Ct))
            foreach (var value in frame.Values)
                all.Add(string.Join('|', station, period, frame.DataTime.ToString("O", CultureInfo.InvariantCulture), frame.Frame, frame.ReceivedAt.ToString("O", CultureInfo.InvariantCulture), value.Factor, value.Quantity, value.Text, value.Flag, value.SampleTime?.ToString("O", CultureInfo.InvariantCulture)));
            foreach (var row in await reader.ReadAsync(new(station, "a21026", May.AddDays(2), May.AddDays(35), period), Ct)) Assert.Contains(all, one => one.Contains(row.At.ToString("O", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }

        all.Sort(StringComparer.Ordinal);
        return all;
    }

    private static Task<IReadOnlyList<ReadingRow>> SeriesAsync(TelemetryHouse house, string factor, int station = 1) =>
        house.Get<ITelemetryReader>().ReadAsync(new(station, factor, May, May.AddDays(1), Resolution.Realtime), Ct);

    private static Dictionary<string, string> Bytes(TelemetryHouse house) =>
        Directory.GetFiles(house.Get<IColdTier>().Folder, "*.parquet").ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));

    /// <summary>The rows another engine tells, cells joined by blanks.</summary>
    private static async Task<IReadOnlyList<string>> AskAsync(string folder, string sql)
    {
        var order = JsonSerializer.Serialize(new { views = new { values = new[] { "values-2024-05.parquet" }, sources = new[] { "sources-2024-05.parquet" } }, sql, rows = 100, bytes = 10_000, memoryMiB = 256, tempMiB = 1, threads = 1 });
        using var engine = Process.Start(new ProcessStartInfo(WorkbenchProgram.Usual) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await engine.StandardInput.WriteLineAsync(order);
        await engine.StandardInput.FlushAsync(Ct);
        List<string> rows = [];
        while (await engine.StandardOutput.ReadLineAsync(Ct) is { } line)
            if (JsonNode.Parse(line) is JsonArray cells) rows.Add(string.Join(' ', cells.Select(cell => (string?)cell)));
            else if (line.Contains("error", StringComparison.Ordinal)) Assert.Fail(line);
            else if (line.Contains("done", StringComparison.Ordinal)) break;
        engine.StandardInput.Close();
        await engine.WaitForExitAsync(Ct);
        return rows;
    }
}
