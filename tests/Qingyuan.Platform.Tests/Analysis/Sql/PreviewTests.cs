using System.Globalization;
using System.Text;
using System.Text.Json;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Sql.Running;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Analysis.Sql;

/// <summary>What is shown of an answer is bounded; its file holds all of it.</summary>
public sealed class PreviewTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_cell_is_cut_in_the_preview_and_whole_in_the_file()
    {
        var row = Row(new string('x', 2000), null, "short");
        using var said = Said("""{"columns":[{"name":"x","type":"text"}]}""", row, """{"done":{"rows":1,"cut":null,"milliseconds":5}}""");
        using var rows = new MemoryStream();

        var told = (await WorkbenchRun.ListenAsync(said, rows, 1 << 20, Ct))!.Value.Value;

        Assert.Equal([new string('x', 1000) + "…", null, "short"], Assert.Single(told.First));
        Assert.True(told.Shortened);
        Assert.Equal(row + "\n", Encoding.UTF8.GetString(rows.ToArray()));
    }

    [Fact]
    public async Task The_whole_preview_is_bounded_too()
    {
        string[] many = [.. Enumerable.Repeat(Row([.. Enumerable.Repeat(new string('x', 1000), 100)]), 40)]; // 4 MB, no cell too long
        using var said = Said([.. many, """{"done":{"rows":40,"cut":null,"milliseconds":5}}"""]);

        var told = (await WorkbenchRun.ListenAsync(said, Stream.Null, 1 << 20, Ct))!.Value.Value;

        Assert.Equal((10, true), (told.First.Count, told.Shortened)); // 1,000,000 of 1,048,576 bytes
    }

    [Fact]
    public void A_letter_of_two_halves_is_not_cut_apart()
    {
        var preview = new Preview();
        preview.Add(Encoding.UTF8.GetBytes(Row(new string('x', 999) + "𠮷𠮷")));
        Assert.Equal(new string('x', 999) + "…", preview.Rows[0][0]);
    }

    [Fact]
    public async Task A_row_that_is_too_long_is_refused_and_says_so_in_both_languages()
    {
        using var said = Said(Row(new string('x', 100_000)));

        var refusal = (await WorkbenchRun.ListenAsync(said, Stream.Null, 10_000, Ct))!.Value.Refusal;

        Assert.Equal(("sql.row-invalid", "sql"), (refusal.Code, refusal.Args[0]));
        foreach (var language in (string[])["zh-CN", "en"]) Assert.DoesNotContain("sql.row-invalid", AnalysisTexts.All.Say("sql.row-invalid", CultureInfo.GetCultureInfo(language)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_says_that_it_is_shortened_and_the_export_is_not()
    {
        var site = await SqlSite.OfAsync(Engine.Sqlite);
        var person = site.Somebody("preview");
        var set = (await site.Workbench.PrepareAsync(AnalysisText.Parse(SqlSite.Question), false, person, Ct)).Value;

        var answer = (await site.Workbench.RunAsync(set.Id, "SELECT repeat('x', 5000) AS x", person, Ct)).Value;
        await using var file = (await site.Workbench.ExportAsync(answer.Id, "csv", person, Ct)).Value.Content;

        Assert.Equal((1001, true, set.PreparedAt), (answer.Rows[0][0]!.Length, answer.Shortened, answer.PreparedAt));
        Assert.Contains(new string('x', 5000), await new StreamReader(file).ReadToEndAsync(Ct), StringComparison.Ordinal);
        Assert.False((await site.Workbench.RunAsync(set.Id, "SELECT 'x' AS x", person, Ct)).Value.Shortened);
    }

    private static string Row(params string?[] cells) => JsonSerializer.Serialize(cells);

    private static MemoryStream Said(params string[] lines) => new(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
}
