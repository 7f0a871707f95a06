using System.Text;
using System.Text.RegularExpressions;

namespace Qingyuan.Architecture.Tests;

/// <summary>docs/coverage.md is what the tags on tests say, so that it cannot lie. Set QINGYUAN_UPDATE=1 to write it anew.</summary>
public partial class CoverageTests
{
    private static readonly string CoverageFile = Repo.Path("docs/coverage.md");

    [Fact]
    [Requirement("R-5.1-1")]
    public void The_coverage_page_is_what_the_tests_say()
    {
        var expected = Render();
        if (Environment.GetEnvironmentVariable("QINGYUAN_UPDATE") == "1") File.WriteAllText(CoverageFile, expected);
        Assert.Equal(expected, File.Exists(CoverageFile) ? File.ReadAllText(CoverageFile).ReplaceLineEndings("\n") : "");
    }

    [Fact]
    public void Every_tag_names_a_row_that_exists()
    {
        var rows = Rows().Select(row => row.Id).ToHashSet();
        Assert.Equal(308, rows.Count);
        Assert.Empty(Tags().Where(tag => !rows.Contains(tag.Id)).Select(tag => $"{tag.Test}: {tag.Id}"));
    }

    private static string Render()
    {
        var tags = Tags().ToLookup(tag => tag.Id, tag => tag.Test);
        var rows = Rows();
        var shown = rows.Count(row => tags.Contains(row.Id));
        var page = new StringBuilder()
            .Append("# Coverage of the requirement\n\n")
            .Append("Generated from the `[Requirement]` tags on tests; a test fails when this page differs. A row without a test is not claimed, whatever the code may do.\n")
            .Append("A row with a test is shown as far as those tests go: read them before you rely on it.\n\n")
            .Append(System.Globalization.CultureInfo.InvariantCulture, $"{shown} of {rows.Count} rows have a test.\n\n")
            .Append("| row | state | tests |\n|---|---|---|\n");
        foreach (var (id, _) in rows)
        {
            var tests = tags[id].Distinct().Order(StringComparer.Ordinal).ToArray();
            page.Append("| ").Append(id).Append(" | ").Append(tests.Length > 0 ? "tested" : "not yet").Append(" | ").AppendJoin("<br>", tests).Append(" |\n");
        }

        return page.ToString();
    }

    private static IReadOnlyList<(string Id, string Text)> Rows() =>
        [.. Row().Matches(File.ReadAllText(Repo.Path("docs/requirements.md"))).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    private static IEnumerable<(string Id, string Test)> Tags()
    {
        foreach (var file in Source.Files("tests", ".cs").Where(file => !file.Path.Contains("Qingyuan.Testing", StringComparison.Ordinal)))
        {
            var pending = new List<string>();
            var type = Path.GetFileNameWithoutExtension(file.Path);
            foreach (var line in file.Text.Split('\n'))
            {
                pending.AddRange(Tag().Matches(line).Select(match => match.Groups[1].Value));
                if (pending.Count == 0 || Member().Match(line) is not { Success: true } member) continue;
                foreach (var id in pending) yield return (id, $"{type}.{member.Groups[1].Value}");
                pending.Clear();
            }
        }
    }

    [GeneratedRegex(@"^\| (R-[^ |]+) \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("""\[Requirement\("(R-[^"]+)"\)""")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^\s*public .*?\b(\w+)\s*(?:\(|$|\s*:)")]
    private static partial Regex Member();
}
