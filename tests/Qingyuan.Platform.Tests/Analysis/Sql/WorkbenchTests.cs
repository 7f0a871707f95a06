using System.Diagnostics;
using Qingyuan.Platform.Analysis.Sql.Running;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Analysis.Sql;

/// <summary>What a statement may do, and how the process it runs in ends. A real child each time.</summary>
public sealed class WorkbenchTests
{
    private const string Endless = "SELECT sum(hash(a.range, b.range)) FROM range(100000000) a, range(100000000) b";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')", "sql.outside-invalid")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')", "sql.outside-invalid")]
    [InlineData("SELECT * FROM '/etc/passwd'", "sql.query-invalid")]
    [InlineData("SELECT * FROM glob('/etc/*')", "sql.outside-invalid")]
    [InlineData("SELECT * FROM parquet_metadata('readings.parquet')", "sql.outside-invalid")]
    [InlineData("WITH x AS (SELECT (SELECT count(*) FROM read_blob('../*')) AS n) SELECT n FROM x", "sql.outside-invalid")]
    [InlineData("SELECT getenv('PATH')", "sql.outside-invalid")]
    [InlineData("SELECT current_setting('allowed_paths')", "sql.outside-invalid")]
    [InlineData("SELECT * FROM enable_logging(storage='file', storage_path='/tmp/log')", "sql.outside-invalid")]
    [InlineData("SELECT * FROM query('SELECT 42')", "sql.outside-invalid")]
    [InlineData("SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))", "sql.outside-invalid")]
    [InlineData("COPY (SELECT 1) TO '/tmp/x.csv'", "sql.select-only-invalid")]
    [InlineData("COPY readings FROM '/etc/passwd'", "sql.select-only-invalid")]
    [InlineData("ATTACH '/tmp/x.db'", "sql.select-only-invalid")]
    [InlineData("INSTALL httpfs", "sql.select-only-invalid")]
    [InlineData("LOAD httpfs", "sql.select-only-invalid")]
    [InlineData("PRAGMA database_list", "sql.select-only-invalid")]
    [InlineData("CALL enable_logging()", "sql.select-only-invalid")]
    [InlineData("SET enable_external_access = true", "sql.select-only-invalid")]
    [InlineData("CREATE TABLE t AS SELECT 1", "sql.select-only-invalid")]
    [InlineData("DROP VIEW readings", "sql.select-only-invalid")]
    [InlineData("EXPORT DATABASE '/tmp/x'", "sql.select-only-invalid")]
    [InlineData("SELECT 1; SELECT 2", "sql.select-only-invalid")]
    [InlineData("-- nothing", "sql.select-only-invalid")]
    public async Task What_reaches_beyond_the_views_is_refused(string sql, string code)
    {
        using var desk = await Desk.OpenAsync();
        Assert.Equal(code, (await desk.AskAsync(sql, Ct)).Refusal.Code);
    }

    [Fact]
    public async Task Views_are_read_and_cells_told_as_text()
    {
        using var desk = await Desk.OpenAsync();

        var told = (await desk.AskAsync("SELECT s.name, r.sampled_at, r.value, r.text, count(*) OVER () AS n, r.over, r.verdict, DATE '2026-01-02' AS name, [1, 2] AS many FROM readings r JOIN stations s USING (mn) ORDER BY sampled_at LIMIT 1 OFFSET 1", Ct)).Value;

        Assert.Equal([("name", "text"), ("sampled_at", "time"), ("value", "number"), ("text", "text"), ("n", "integer"), ("over", "truth"), ("verdict", "text"), ("name_1", "text"), ("many", "text")], told.Columns.Select(column => (column.Name, column.Type)));
        Assert.Equal(["一号炉", "2026-11-20 01:00:00", "1", "1.0", "48", "false", null, "2026-01-02", "[1, 2]"], Assert.Single(told.First));
        Assert.Equal((1L, null), (told.Done.Rows, told.Done.Cut));
    }

    [Theory]
    [InlineData("SELECT\n  x,\nFROM WHERE", "sql.syntax-invalid", "3")]
    [InlineData("SELECT mn\nFROM readings\nWHERE nosuch > 1", "sql.query-invalid", "3")]
    [InlineData("SELECT '中文', -- 注释\n *\nFROM nosuch", "sql.query-invalid", "3")]
    public async Task Errors_name_their_line(string sql, string code, string line)
    {
        using var desk = await Desk.OpenAsync();
        var refusal = (await desk.AskAsync(sql, Ct)).Refusal;
        Assert.Equal((code, line), (refusal.Code, refusal.Args[1]));
    }

    [Fact]
    public async Task Nothing_of_the_platforms_environment_reaches_the_child()
    {
        const string Secret = "QYTEST__Database"; // no setting: whatever starts meanwhile in this process would read that
        using var desk = await Desk.OpenAsync();
        Environment.SetEnvironmentVariable(Secret, "Host=secret");
        try
        {
            var asking = desk.AskAsync(Endless, Ct);
            await Eventually.That(() => desk.Child() is { } id && Names(id) is [_, ..] names && names.All(name => name.StartsWith("DOTNET_", StringComparison.Ordinal)));
            // Niced, and the first to go when memory runs out.
            await Eventually.That(() => File.ReadAllText($"/proc/{desk.Child()}/oom_score_adj").Trim() is "1000" && Stat(desk.Child()!.Value, 19) is "10");
            Process.GetProcessById(desk.Child()!.Value).Kill();
            Assert.Equal("sql.ended", (await asking).Refusal.Code);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Secret, null);
        }

        Assert.True((await desk.AskAsync("SELECT 1", Ct)).IsOk); // the next one is served
    }

    [Fact]
    public async Task A_statement_that_runs_too_long_is_killed()
    {
        using var desk = await Desk.OpenAsync();
        var asking = desk.AskAsync(Endless, Ct);
        await Eventually.That(() => desk.Child() is not null);

        desk.Time.Advance(TimeSpan.FromSeconds(61));

        var refusal = (await asking).Refusal;
        Assert.Equal(("sql.too-long", 60), (refusal.Code, refusal.Args[0]));
        Assert.Null(desk.Child());
    }

    [Fact]
    public async Task Whoever_stops_waiting_ends_it()
    {
        using var desk = await Desk.OpenAsync();
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var asking = desk.AskAsync(Endless, waiting.Token);
        await Eventually.That(() => desk.Child() is not null);

        await waiting.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Null(desk.Child());
    }

    [Fact]
    public async Task It_ends_with_the_platform()
    {
        using var desk = await Desk.OpenAsync();
        using var child = Process.Start(WorkbenchProgram.In(WorkbenchProgram.Usual, desk.Folder))!;
        await child.StandardInput.WriteLineAsync($$"""{"views":{},"sql":"{{Endless}}","rows":1,"bytes":1,"memoryMiB":64,"tempMiB":1,"threads":1}""");
        await child.StandardInput.FlushAsync(Ct);
        Assert.False(child.HasExited);

        child.StandardInput.Close(); // what the system does when the platform dies

        await child.WaitForExitAsync(Ct);
        Assert.Equal("", await child.StandardOutput.ReadToEndAsync(Ct));
    }

    [Fact]
    public async Task Memory_is_bounded_by_the_engine_and_by_a_look_from_outside()
    {
        using var desk = await Desk.OpenAsync(new() { MemoryMiB = 64, TempMiB = 1 });

        Assert.Equal("sql.too-much-memory", (await desk.AskAsync("SELECT count(*) FROM (SELECT a.range AS x, md5((a.range * b.range)::VARCHAR) AS m FROM range(3000) a, range(3000) b ORDER BY m)", Ct)).Refusal.Code);
        Assert.Contains((await desk.AskAsync("SELECT repeat('x', 900000000) AS x", Ct)).Refusal.Code, (string[])["sql.value-invalid", "sql.too-much-memory", "sql.ended"]);
        Assert.False(Directory.Exists(Path.Combine(desk.Folder, "temp")));
    }

    [Fact]
    public async Task What_does_not_fit_into_memory_goes_to_disk()
    {
        using var desk = await Desk.OpenAsync(new() { MemoryMiB = 64 });
        Assert.Equal("4000000", (await desk.AskAsync("SELECT count(*) AS n FROM (SELECT md5(range::VARCHAR) AS m FROM range(4000000) ORDER BY m)", Ct)).Value.First[0][0]);
    }

    [Fact]
    public async Task A_huge_answer_is_cut_at_its_bounds()
    {
        using var few = await Desk.OpenAsync(new() { MostRows = 1000 });
        var rows = (await few.AskAsync("SELECT range FROM range(1000000000)", Ct)).Value;
        Assert.Equal((1000L, "rows", 500), (rows.Done.Rows, rows.Done.Cut, rows.First.Count));
        using var small = await Desk.OpenAsync(new() { MostMiB = 1 });
        var bytes = (await small.AskAsync("SELECT repeat('x', 1000) FROM range(1000000000)", Ct)).Value;
        Assert.Equal("bytes", bytes.Done.Cut);
        Assert.InRange(bytes.Done.Rows, 1000, 1200);
        Assert.Equal("sql.value-invalid", (await small.AskAsync("SELECT repeat('x', 2000000)", Ct)).Refusal.Code);
        Assert.Null((await few.AskAsync("SELECT range FROM range(1000)", Ct)).Value.Done.Cut); // exactly as many is not too many
    }

    [Fact]
    public async Task A_machine_without_the_engine_says_so()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-no-engine-").FullName;
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(WorkbenchProgram.Usual)!)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        using var without = await Desk.OpenAsync(new() { Program = Path.Combine(folder, Path.GetFileName(WorkbenchProgram.Usual)) });
        using var nowhere = await Desk.OpenAsync(new() { Program = Path.Combine(folder, "nothing") });

        Assert.Equal("sql.unavailable", (await without.AskAsync("SELECT 1", Ct)).Refusal.Code);
        Assert.Equal("sql.unavailable", (await nowhere.AskAsync("SELECT 1", Ct)).Refusal.Code);
        Directory.Delete(folder, recursive: true);
    }

    private static string[] Names(int id) => [.. File.ReadAllText($"/proc/{id}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[0])];

    // The name in brackets may hold blanks; fields count from 1.
    private static string Stat(int id, int field) => File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ')[field - 3];
}
