using System.Text.RegularExpressions;

namespace Qingyuan.Architecture.Tests;

/// <summary>A slice reaches another only through its Contracts; there are no cycles; every slice looks the same.</summary>
public partial class SliceBorderTests
{
    private static readonly IReadOnlyList<SourceFile> Platform = Source.Files("src/Qingyuan.Platform", ".cs");

    [Fact]
    public void A_slice_reaches_another_only_through_its_Contracts()
    {
        Assert.True(Source.Slices.Count >= 8, "A scan that found nothing proves nothing.");
        var offences =
            from file in Platform
            let own = SliceOf(file.Path)
            where Source.Slices.Contains(own)
            from Match use in SliceUse().Matches(file.Code)
            where use.Groups[1].Value != own && Source.Slices.Contains(use.Groups[1].Value) && !use.Groups[2].Success
            select $"{file.Path}: {use.Value}";
        Assert.Empty(offences.Distinct());
    }

    [Fact]
    public void Slices_have_no_cycle_but_through_reactions_declared_by_the_one_that_is_called()
    {
        var uses = Source.Slices.ToDictionary(slice => slice, Uses);
        foreach (var slice in Source.Slices)
            foreach (var other in uses[slice])
                Assert.False(uses[other].Contains(slice), $"{slice} and {other} use each other.");
    }

    [Fact]
    public void Shared_holds_no_domain_noun()
    {
        string[] nouns = ["Station", "Alarm", "WorkOrder", "Frame", "Factor", "Technician", "Ledger"];
        var offences = Platform
            .Where(file => SliceOf(file.Path) == "Shared")
            .SelectMany(file => TypeName().Matches(file.Code).Select(match => match.Groups[1].Value))
            .Where(type => nouns.Any(noun => type.Contains(noun, StringComparison.Ordinal)) && type != "StationClock");
        Assert.Empty(offences);
    }

    [Fact]
    public void Only_ingest_sees_wire_types()
    {
        var offences = Platform.Concat(Source.Files("src/Qingyuan.Console", ".cs", ".razor"))
            .Where(file => SliceOf(file.Path) is not ("Ingest" or "RemoteControl" or "Exchange"))
            .Where(file => file.Code.Contains("Qingyuan.Hj212", StringComparison.Ordinal))
            .Select(file => file.Path);
        Assert.Empty(offences);
    }

    [Fact]
    public void Every_slice_looks_the_same()
    {
        foreach (var slice in Source.Slices)
        {
            var folder = Repo.Path("src/Qingyuan.Platform", slice);
            Assert.True(File.Exists(Path.Combine(folder, "README.md")), $"{slice} has no README.md.");
            Assert.True(File.Exists(Path.Combine(folder, slice + "Module.cs")), $"{slice} has no {slice}Module.cs.");
        }
    }

    [Fact]
    public void The_console_reaches_the_platform_only_through_Contracts_and_Shared()
    {
        var offences =
            from file in Source.Files("src/Qingyuan.Console", ".cs", ".razor")
            from Match use in SliceUse().Matches(file.Code)
            where Source.Slices.Contains(use.Groups[1].Value) && !use.Groups[2].Success
            select $"{file.Path}: {use.Value}";
        Assert.Empty(offences.Distinct());
    }

    private static HashSet<string> Uses(string slice) =>
        [.. Platform.Where(file => SliceOf(file.Path) == slice)
            .SelectMany(file => SliceUse().Matches(file.Code).Select(match => match.Groups[1].Value))
            .Where(name => name != slice && Source.Slices.Contains(name))];

    private static string SliceOf(string path) => path.Split('/') is ["src", "Qingyuan.Platform", var slice, _, ..] ? slice : "";

    [GeneratedRegex(@"\bQingyuan\.Platform\.(\w+)(\.Contracts\b)?")]
    private static partial Regex SliceUse();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(?:struct\s+|class\s+)?(\w+)")]
    private static partial Regex TypeName();
}
