namespace Qingyuan.Architecture.Tests;

/// <summary>What a user installs is the host's output: nothing in it may simulate, generate or test.</summary>
public class PublishedOutputTests
{
    private static readonly string[] Output =
        [.. Directory.EnumerateFiles(Repo.Path("src/Qingyuan.Host/bin/Release/net10.0"), "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!)];

    [Theory]
    [InlineData("SampleSite")]
    [InlineData("Qingyuan.Testing")]
    [InlineData("Benchmarks")]
    [InlineData("xunit")]
    [InlineData("Mvc.Testing")]
    [InlineData("TimeProvider.Testing")]
    [Requirement("R-5.7.3-6a")]
    [Requirement("R-5.7.3-6b")]
    public void The_installed_program_holds_no_sample_site_and_no_test_tool(string part)
    {
        Assert.Contains("qingyuan.dll", Output);
        Assert.DoesNotContain(Output, file => file.Contains(part, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_engine_for_sql_lies_beside_the_program_and_not_among_its_assemblies()
    {
        var root = Repo.Path("src/Qingyuan.Host/bin/Release/net10.0");
        var engine = Directory.EnumerateFiles(root, "*duckdb*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')).ToArray();
        Assert.Contains(engine, path => path.Contains("/native/", StringComparison.Ordinal));
        Assert.All(engine, path => Assert.StartsWith("workbench/", path, StringComparison.Ordinal));
        Assert.Single(engine, path => path.Contains("/native/", StringComparison.Ordinal)); // for this machine only
    }

    [Fact]
    public void Tools_and_tests_refuse_to_be_published()
    {
        foreach (var project in Source.Files("tools", ".csproj").Where(file => file.Path.Contains("SampleSite", StringComparison.Ordinal)))
            Assert.Contains("<IsPublishable>false</IsPublishable>", project.Text, StringComparison.Ordinal);
        Assert.Contains("<IsPublishable>false</IsPublishable>", File.ReadAllText(Repo.Path("tests/Directory.Build.props")), StringComparison.Ordinal);
    }
}
