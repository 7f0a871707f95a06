using System.Text.RegularExpressions;

namespace Qingyuan.Architecture.Tests;

/// <summary>Small promises that erode silently.</summary>
public partial class HygieneTests
{
    private static readonly IReadOnlyList<SourceFile> Code = Source.Files("src", ".cs", ".razor");

    [Fact]
    public void No_file_in_the_product_has_grown_beyond_a_room()
    {
        Assert.True(Code.Count > 50);
        Assert.Empty(Code.Where(file => !file.Path.Contains("/Migrations/", StringComparison.Ordinal) && !file.Path.EndsWith(".g.cs", StringComparison.Ordinal))
            .Where(file => file.Text.Count(letter => letter == '\n') > 400).Select(file => file.Path));
    }

    [Fact]
    public void Double_lives_only_where_measurements_are_not_judged() =>
        Assert.Empty(Source.Files("src/Qingyuan.Rules", ".cs").Where(file => Floating().IsMatch(file.Code)).Select(file => file.Path));

    [Fact]
    public void No_service_swallows_everything()
    {
        // Allowed: the outermost loop of a service, which logs and counts and says so, and cleaning up before throwing on.
        var offences =
            from file in Code
            let lines = file.Text.Split('\n')
            from index in Enumerable.Range(0, lines.Length)
            where CatchAll().IsMatch(lines[index]) && !lines[index].Contains("when", StringComparison.Ordinal)
            let around = string.Join('\n', lines[Math.Max(0, index - 6)..Math.Min(lines.Length, index + 8)])
            where !around.Contains("outermost", StringComparison.OrdinalIgnoreCase) && !Regex.IsMatch(around, @"\bthrow;")
            select $"{file.Path}:{index + 1}";
        Assert.Empty(offences);
    }

    [Fact]
    public void Every_resource_has_both_languages_with_the_same_keys()
    {
        var neutral = Source.Files("src", ".resx").Where(file => !file.Path.EndsWith(".en.resx", StringComparison.Ordinal)).ToArray();
        foreach (var file in neutral)
        {
            var english = Repo.Path(file.Path.Replace(".resx", ".en.resx", StringComparison.Ordinal));
            Assert.True(File.Exists(english), $"{file.Path} has no English beside it.");
            Assert.Equal(Keys(file.Text), Keys(File.ReadAllText(english)));
        }
    }

    [Fact]
    public void The_repository_names_no_machine_and_no_registry()
    {
        var files = Source.Files(".", ".cs", ".razor", ".md", ".sh", ".props", ".csproj", ".json", ".js", ".cmd").Where(file => !file.Path.Contains(nameof(HygieneTests), StringComparison.Ordinal));
        Assert.Empty(files.Where(file => Machine().IsMatch(file.Text)).Select(file => file.Path));
    }

    private static string[] Keys(string resx) => [.. Key().Matches(resx).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\b(double|float)\b")]
    private static partial Regex Floating();

    [GeneratedRegex(@"catch\s*(\(\s*Exception\b[^)]*\))?\s*$|catch\s*\(\s*Exception\b")]
    private static partial Regex CatchAll();

    [GeneratedRegex("""<data name="([^"]+)" """)]
    private static partial Regex Key();

    [GeneratedRegex(@"/work/|\.library|farm-bench|farm-studio|api\.nuget\.org|registry\.npmjs")]
    private static partial Regex Machine();
}
