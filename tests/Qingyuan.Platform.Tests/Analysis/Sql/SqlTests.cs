using System.Globalization;
using Parquet.Serialization;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Sql;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Analysis.Sql;

/// <summary>Data sets, sight, answers and history, over the real platform on both engines.</summary>
public sealed class SqlTests
{
    private static readonly AnalysisText Asked = AnalysisText.Parse(SqlSite.Question);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_data_set_holds_what_explore_would_show_and_every_example_runs_over_it(Engine engine)
    {
        var site = await SqlSite.OfAsync(engine);
        var person = site.Somebody("examples");
        var set = (await site.Workbench.PrepareAsync(Asked, false, person, Ct)).Value;

        Assert.Equal((2, 192L, 0), (set.Stations, set.Values, set.Unreadable));
        Assert.Equal(set.Id, (await site.Workbench.PrepareAsync(Asked, false, person, Ct)).Value.Id);
        foreach (var example in SqlExample.All)
        {
            var run = await site.Workbench.RunAsync(set.Id, example.Sql, person, Ct);
            Assert.True(run.IsOk, run.IsOk ? "" : $"{example.Name}: {string.Join(' ', run.Refusal.Args)}");
            Assert.True(run.Value.Count > 0, example.Name);
        }

        Assert.Equal(["SQLG2 号炉", "7"], await FirstAsync(site, set, person, "SELECT s.name, count(*) FROM readings JOIN stations s USING (mn) WHERE over GROUP BY 1"));
        Assert.Equal(["SQLG1", "exceedance", "2026-11-20 03:00:00"], await FirstAsync(site, set, person, "SELECT mn, kind, since FROM alarms ORDER BY mn"));
        Assert.Equal(["-1"], await FirstAsync(site, set, person, "SELECT round(corr(a.value, b.value), 9)::INTEGER FROM readings a JOIN readings b USING (mn, sampled_at) WHERE a.factor = 'a21002' AND b.factor = 'a19001' AND mn = 'SQLG1'"));
        Assert.Equal(["8"], await FirstAsync(site, set, person, "SELECT count(*) FROM readings WHERE sampled_at >= '2026-11-20 01:00' AND sampled_at < '2026-11-20 03:00'")); // what the engine skips by the file's own figures is not there
        Assert.Equal(["0.0", "2026-11-20 00:00:00", "hour", "reported", "measured", "mg/m3"], await FirstAsync(site, set, person, "SELECT text, sampled_at, period, source, basis, unit FROM readings WHERE mn = 'SQLG1' AND factor = 'a21002' ORDER BY sampled_at LIMIT 1"));
    }

    [Theory]
    [InlineData("a2100", "SQLG1,SQLG2", "a2100")] // a letter too few
    [InlineData("a21002,A19001", "SQLG1,SQLG2", "A19001")]
    [InlineData(SqlSite.OwnFactor, "SQLG1", SqlSite.OwnFactor)] // known elsewhere
    public async Task A_factor_that_no_table_and_no_station_of_the_set_knows_is_named(string factors, string stations, string unknown)
    {
        var site = await SqlSite.OfAsync(Engine.Sqlite);
        var answer = await site.Workbench.PrepareAsync(Asked with { Factor = factors, Stations = stations }, false, site.Somebody("typo-" + factors), Ct);
        Assert.False(answer.IsOk);
        Assert.Equal(("analysis.factor-invalid", $"factor {unknown}"), (answer.Refusal.Code, string.Join(' ', answer.Refusal.Args)));
    }

    [Theory]
    [InlineData("w01018", "SQLG1,SQLG2")] // of the table; no station has it
    [InlineData("011", "SQLG1")] // as 2005 writes it
    [InlineData(SqlSite.OwnFactor, "SQLG2")] // of the station; it never reported it
    public async Task A_known_factor_without_values_is_no_fault(string factor, string stations)
    {
        var site = await SqlSite.OfAsync(Engine.Sqlite);
        var set = await site.Workbench.PrepareAsync(Asked with { Factor = factor, Stations = stations }, false, site.Somebody("none-" + factor), Ct);
        Assert.Equal((true, 0L), (set.IsOk, set.IsOk ? set.Value.Values : -1));
    }

    [Fact]
    public async Task All_factors_in_sight_are_no_fault_where_a_station_has_not_each()
    {
        var site = await SqlSite.OfAsync(Engine.Sqlite);
        var set = await site.Workbench.PrepareAsync(Asked with { Factor = "*", Stations = "SQLG1" }, false, site.Somebody("every", "SQLG1", "SQLG2"), Ct);
        Assert.Equal((true, 96L), (set.IsOk, set.IsOk ? set.Value.Values : -1));
    }

    [Fact]
    public async Task Views_have_exactly_the_columns_that_are_promised_and_the_page_explains_each()
    {
        var site = await SqlSite.OfAsync(Engine.Sqlite);
        var person = site.Somebody("columns");
        var set = (await site.Workbench.PrepareAsync(Asked, false, person, Ct)).Value;
        var page = await File.ReadAllTextAsync(Repo.Path("docs/operations/sql.md"), Ct);

        foreach (var view in site.Workbench.Views)
        {
            var answer = (await site.Workbench.RunAsync(set.Id, $"SELECT * FROM {view.Name} LIMIT 0", person, Ct)).Value;
            Assert.Equal(view.Columns, answer.Columns);
            Assert.Contains($"## `{view.Name}`", page, StringComparison.Ordinal);
            Assert.All(view.Columns, column => Assert.Contains($"| `{column.Name}` |", page, StringComparison.Ordinal));
        }

        Assert.All(SqlExample.All, example => Assert.Contains(example.Sql, page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Nobody_reads_what_another_prepared_asked_or_was_answered(Engine engine)
    {
        var site = await SqlSite.OfAsync(engine);
        var (one, other) = (site.Somebody("one-" + engine), site.Somebody("other-" + engine));
        var set = (await site.Workbench.PrepareAsync(Asked, false, one, Ct)).Value;
        var answer = (await site.Workbench.RunAsync(set.Id, "SELECT 1 AS mine", one, Ct)).Value;

        Assert.Equal("sql.no-such-data-set", (await site.Workbench.RunAsync(set.Id, "SELECT 1", other, Ct)).Refusal.Code);
        Assert.Equal("sql.no-such-answer", (await site.Workbench.ExportAsync(answer.Id, "csv", other, Ct)).Refusal.Code);
        Assert.NotEqual(set.Id, (await site.Workbench.PrepareAsync(Asked, false, other, Ct)).Value.Id);
        Assert.Empty(await site.Workbench.HistoryAsync(other, Ct));
        var run = Assert.Single(await site.Workbench.HistoryAsync(one, Ct));
        Assert.Equal(("SELECT 1 AS mine", set.Query, "done", 1L), (run.Sql, run.Query, run.Outcome, run.Rows));
    }

    [Fact]
    public async Task Sight_holds_when_a_data_set_is_made_and_when_it_is_asked()
    {
        var site = await SqlSite.OfAsync(Engine.Sqlite);
        var person = site.Somebody("sight", "SQLG1");

        Assert.Equal("analysis.station-invalid", (await site.Workbench.PrepareAsync(Asked, false, person, Ct)).Refusal.Code);
        var set = (await site.Workbench.PrepareAsync(Asked with { Stations = null, Factor = "*" }, false, person, Ct)).Value;
        foreach (var view in (string[])["stations", "readings", "limits", "alarms"])
            Assert.Equal(["SQLG1", "SQLG1"], await FirstAsync(site, set, person, $"SELECT min(mn), max(mn) FROM {view}"));
        var answer = (await site.Workbench.RunAsync(set.Id, "SELECT 1", person, Ct)).Value;
        person.StationScope = new HashSet<int> { site.Number("SQLG2") };
        Assert.Equal("sql.no-such-data-set", (await site.Workbench.RunAsync(set.Id, "SELECT 1", person, Ct)).Refusal.Code);
        Assert.Equal("sql.no-such-answer", (await site.Workbench.ExportAsync(answer.Id, "csv", person, Ct)).Refusal.Code);
    }

    [Fact]
    public async Task A_person_runs_one_statement_at_a_time_and_keeps_three_data_sets()
    {
        var site = await SqlSite.OfAsync(Engine.Sqlite);
        var person = site.Somebody("busy");
        var set = (await site.Workbench.PrepareAsync(Asked, false, person, Ct)).Value;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var asking = site.Workbench.RunAsync(set.Id, "SELECT sum(hash(a.range, b.range)) FROM range(100000000) a, range(100000000) b", person, waiting.Token);

        Assert.Equal("sql.busy", (await site.Workbench.RunAsync(set.Id, "SELECT 1", person, Ct)).Refusal.Code);
        await waiting.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal("sql.left", (await site.Workbench.HistoryAsync(person, Ct))[0].Outcome);
        for (var more = 0; more < 3; more++) Assert.True((await site.Workbench.PrepareAsync(Asked, true, person, Ct)).IsOk);
        Assert.Equal("sql.no-such-data-set", (await site.Workbench.RunAsync(set.Id, "SELECT 1", person, Ct)).Refusal.Code);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("parquet")]
    public async Task All_rows_of_an_answer_are_exported_with_their_types(string format)
    {
        var site = await SqlSite.OfAsync(Engine.Sqlite);
        var person = site.Somebody("export-" + format);
        var set = (await site.Workbench.PrepareAsync(Asked, false, person, Ct)).Value;
        var answer = (await site.Workbench.RunAsync(
            set.Id, "SELECT range AS n, range / 4 AS share, TIMESTAMP '2026-11-20 01:00:00' + INTERVAL (range) MINUTE AS at, range % 2 = 0 AS even, CASE WHEN range = 1 THEN NULL ELSE '=1+1' END AS words FROM range(60000)", person, Ct)).Value;
        Assert.Equal((60_000L, 500), (answer.Count, answer.Rows.Count));

        await using var file = (await site.Workbench.ExportAsync(answer.Id, format, person, Ct)).Value.Content;

        Assert.Equal((60_000, 1L, 0.25, new DateTime(2026, 11, 20, 1, 1, 0), false, (string?)null), await SecondAsync(format, file));
    }

    [Fact]
    public async Task What_had_its_time_is_removed_and_a_start_removes_what_was_left()
    {
        var data = new DataDirectory(Directory.CreateTempSubdirectory("qingyuan-shelf-").FullName);
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var (shelf, person) = (new Shelf(data, time), new Person("shelf", null));
        var id = Guid.CreateVersion7();
        var folder = Directory.CreateDirectory(shelf.PlaceFor(person.Actor, id)).FullName;
        shelf.Put(new ShelvedSet(new(id, "q", 1, 1, 0, time.GetUtcNow(), time.GetUtcNow().AddDays(1)), person.Actor.Id, folder, new HashSet<int> { 1 }));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data.Sql));

        time.Advance(TimeSpan.FromHours(23));
        shelf.Tidy();
        Assert.True(shelf.TryGet(id, person, out ShelvedSet? _));
        time.Advance(TimeSpan.FromHours(2));
        Assert.False(shelf.TryGet(id, person, out ShelvedSet? _));
        shelf.Tidy();
        Assert.False(Directory.Exists(folder));

        Directory.CreateDirectory(shelf.PlaceFor(person.Actor, Guid.CreateVersion7()));
        await new ShelfTidy(shelf).StartAsync(Ct);
        Assert.False(Directory.Exists(Path.Combine(data.Root, "sql")));
    }

    private static async Task<string?[]> FirstAsync(SqlSite site, SqlDataSet set, ICurrentActor person, string sql)
    {
        var run = await site.Workbench.RunAsync(set.Id, sql, person, Ct);
        return run.IsOk ? [.. run.Value.Rows[0]] : [run.Refusal.Code, .. run.Refusal.Args.Select(arg => arg.ToString())];
    }

    private static async Task<(int Count, long N, double Share, DateTime At, bool Even, string? Words)> SecondAsync(string format, Stream file)
    {
        if (format is "parquet")
        {
            var read = (await ParquetSerializer.DeserializeAsync<Flat>(file, cancellationToken: Ct)).Data;
            return (read.Count, read[1].n!.Value, read[1].share!.Value, read[1].at!.Value, read[1].even!.Value, read[1].words);
        }

        if (format is "xlsx")
        {
            var cells = MiniExcelLibs.MiniExcel.Query(file, useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();
            var row = cells[1];
            return (cells.Count, Convert.ToInt64(row["n"], CultureInfo.InvariantCulture), Convert.ToDouble(row["share"], CultureInfo.InvariantCulture), Time((string)row["at"]!), Convert.ToInt32(row["even"], CultureInfo.InvariantCulture) is 1, (string?)row["words"]);
        }

        var lines = (await new StreamReader(file).ReadToEndAsync(Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("0,0,2026-11-20 01:00:00,true,'=1+1", lines[1]); // no formula for a spreadsheet
        var values = lines[2].Split(',');
        return (lines.Length - 1, long.Parse(values[0], CultureInfo.InvariantCulture), double.Parse(values[1], CultureInfo.InvariantCulture), Time(values[2]), values[3] is "true", values[4] is "" ? null : values[4]);
    }

    private static DateTime Time(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

#pragma warning disable IDE1006, CA1812 // names of columns
    private sealed class Flat
    {
        public long? n { get; set; }

        public double? share { get; set; }

        public DateTime? at { get; set; }

        public bool? even { get; set; }

        public string? words { get; set; }
    }
#pragma warning restore IDE1006, CA1812
}
