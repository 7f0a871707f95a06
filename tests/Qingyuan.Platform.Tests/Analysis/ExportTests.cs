using System.Globalization;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Export;
using Qingyuan.Platform.Analysis.Reading;
using Qingyuan.Platform.Analysis.Sql;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Analysis.Sql;
using Qingyuan.Platform.Tests.Exchange;

namespace Qingyuan.Platform.Tests.Analysis;

/// <summary>A question of any size takes little memory, waits for its turn and leaves nothing behind.</summary>
public sealed class ExportTests
{
    private const int MinutesOfAPiece = 31 * 1440;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public async Task A_long_time_is_written_piece_by_piece(string format)
    {
        using var bench = new Bench();

        await using (var file = (await bench.Export.WriteAsync(Minutes(90), format, bench.Person, Ct)).Value) Assert.NotEqual(0, file.Length);

        Assert.Equal(3, bench.Telemetry.Reads);
        Assert.InRange(bench.Telemetry.Held.Most, 0, 2 * MinutesOfAPiece / 10); // one piece that was written, one being read; every tenth text is counted
        Assert.Empty(bench.Files());
    }

    [Fact]
    public async Task A_sheet_takes_no_more_than_others_and_the_field_says_so()
    {
        using var bench = new Bench();

        var fault = Assert.IsType<FieldFault>((await bench.Export.WriteAsync(Minutes(31 * 23), "xlsx", bench.Person, Ct)).Refusal);

        Assert.Equal("format", fault.Field);
        Assert.Contains("1000000", fault.What.Say(CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
        Assert.Equal(23, bench.Telemetry.Reads); // 22 pieces are 982,080 rows
        Assert.Empty(bench.Files());
    }

    [Fact]
    public async Task Whoever_leaves_ends_the_work_and_the_file_is_gone()
    {
        using var bench = new Bench();
        using var leaving = new CancellationTokenSource();
        bench.Telemetry.OnRead = reads =>
        {
            if (reads is 2) leaving.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Export.WriteAsync(Minutes(365), "csv", bench.Person, leaving.Token));

        Assert.Equal(2, bench.Telemetry.Reads);
        Assert.Empty(bench.Files());
    }

    [Fact]
    public async Task More_values_than_are_told_at_once_are_refused_before_they_are_read_or_as_soon_as_they_are_too_many()
    {
        using var bench = new Bench();
        var reader = new AnalysisReader(bench.Rows);

        var refusal = (await reader.RowsAsync(Minutes(90), null, Ct)).Refusal;
        Assert.Equal(("analysis.too-much", "129600", "100000", 0), (refusal.Code, refusal.Args[0], refusal.Args[1], bench.Telemetry.Reads));

        Assert.Equal("analysis.too-much", (await reader.RowsAsync(Minutes(365) with { Least = 0 }, null, Ct)).Refusal.Code);
        Assert.Equal(3, bench.Telemetry.Reads); // of twelve pieces
        Assert.Empty((await reader.RowsAsync(Minutes(365) with { Least = 1_000_000 }, null, Ct)).Value);
    }

    [Fact]
    public async Task Two_are_read_at_a_time_the_others_wait_and_may_leave()
    {
        await using var site = await AnalysisSite.OpenAsync(AnalysisSite.Gas(1, "G1", AnalysisSite.Factor(AnalysisSite.Nox)));
        var open = new TaskCompletionSource();
        Task[] reading = [.. Enumerable.Range(0, ReadingGate.AtOnce).Select(_ => site.Rows.Gate.RunAsync(() => HoldAsync(open.Task), Ct))];
        using var leaving = new CancellationTokenSource();
        Task[] waiting =
        [
            site.Analysis.OverviewAsync(AnalysisSite.Hours(), null, leaving.Token), site.Analysis.CorrelationAsync(AnalysisSite.Hours(), "a01011", null, leaving.Token),
            site.Analysis.RowsAsync(AnalysisSite.Hours(), null, leaving.Token), site.Export.WriteAsync(AnalysisSite.Hours(), "csv", new Person("waiting", null), leaving.Token),
        ];

        Assert.All(waiting, task => Assert.False(task.IsCompleted));
        await leaving.CancelAsync();
        foreach (var task in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        open.SetResult();
        await Task.WhenAll(reading);
        Assert.True((await site.Analysis.OverviewAsync(AnalysisSite.Hours(), null, Ct)).IsOk);
    }

    private static async Task<bool> HoldAsync(Task until)
    {
        await until;
        return true;
    }

    private static AnalysisQuery Minutes(int days) => new(AnalysisSite.Nox, AnalysisSite.Day, AnalysisSite.Day.AddDays(days), Resolution.Minute);

    /// <summary>One station with a value a minute, and a folder of its own.</summary>
    private sealed class Bench : IDisposable
    {
        private readonly DataDirectory _data = new(Directory.CreateTempSubdirectory("qingyuan-export-").FullName);

        public Bench()
        {
            Rows = new(Telemetry, new FiledStations(AnalysisSite.Gas(1, "G1", AnalysisSite.Factor(AnalysisSite.Nox))));
            Export = new(Rows, new Shelf(_data, TimeProvider.System));
        }

        public ValueEachMinute Telemetry { get; } = new();

        public Person Person { get; } = new("export", null);

        public RowReader Rows { get; }

        public RowExport Export { get; }

        public string[] Files() => Directory.GetFiles(_data.Sql, "*", SearchOption.AllDirectories);

        public void Dispose() => Rows.Dispose();
    }

    /// <summary>Made when it is asked for and held by nobody but who asked.</summary>
    private sealed class ValueEachMinute : ITelemetryReader
    {
        public HeldTexts Held { get; } = new();

        public int Reads { get; private set; }

        public Action<int>? OnRead { get; set; }

        public Task<IReadOnlyList<ReadingRow>> ReadAsync(SeriesQuery query, CancellationToken ct)
        {
            Reads++;
            OnRead?.Invoke(Reads);
            Held.Count();
            var rows = new List<ReadingRow>();
            for (var at = query.From; at < query.To; at = at.AddMinutes(1))
            {
                var text = at.ToString("HHmm'.5'", CultureInfo.InvariantCulture);
                if (at.Minute % 10 is 0) Held.Give(text);
                rows.Add(new(at, text, null, null, null, "N", null, null, null));
            }

            return Task.FromResult<IReadOnlyList<ReadingRow>>(rows);
        }

        public Task<IReadOnlyList<ReportedValues>> ReadAllAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<LatestValue>> LatestAsync(int stationNo, CancellationToken ct) => throw new NotSupportedException();
    }
}
