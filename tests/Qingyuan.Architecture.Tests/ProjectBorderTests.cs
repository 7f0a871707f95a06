namespace Qingyuan.Architecture.Tests;

/// <summary>What the compiler guards through references, held against someone adding one.</summary>
public class ProjectBorderTests
{
    private static readonly IReadOnlyDictionary<string, string[]> Product = Source.ProjectReferences("src");
    private static readonly IReadOnlyDictionary<string, string[]> Tools = Source.ProjectReferences("tools");

    [Theory]
    [InlineData("Qingyuan.Hj212")]
    [InlineData("Qingyuan.Rules")]
    [InlineData("Qingyuan.Ledger")]
    public void The_pure_libraries_know_nobody(string project) => Assert.Empty(Product[project]);

    [Fact]
    public void Only_the_ledger_among_the_pure_libraries_has_a_package_and_it_is_BouncyCastle()
    {
        var packages = Source.Files("src", ".csproj")
            .Where(file => file.Path.Contains("Hj212", StringComparison.Ordinal) || file.Path.Contains("Rules", StringComparison.Ordinal) || file.Path.Contains("Ledger", StringComparison.Ordinal))
            .SelectMany(file => file.Text.Split('\n').Where(line => line.Contains("<PackageReference", StringComparison.Ordinal)).Select(line => line.Trim()));
        Assert.Equal(["<PackageReference Include=\"BouncyCastle.Cryptography\" />"], packages);
    }

    [Fact]
    public void Nothing_in_the_product_references_a_tool_a_test_or_a_bench()
    {
        Assert.True(Product.Count >= 6);
        var inside = Product.Keys.ToHashSet();
        Assert.Empty(Product.SelectMany(project => project.Value.Where(reference => !inside.Contains(reference)).Select(reference => $"{project.Key} -> {reference}")));
    }

    [Fact]
    public void Only_the_host_composes_and_nobody_references_it_in_the_product() =>
        Assert.DoesNotContain(Product, project => project.Value.Contains("Qingyuan.Host"));

    [Fact]
    public void The_verifier_for_outsiders_needs_the_ledger_alone() =>
        Assert.Equal(["Qingyuan.Ledger"], Tools["Qingyuan.Verify"]);

    [Fact]
    public void The_sample_site_knows_the_wire_and_nothing_of_the_platform() =>
        Assert.Equal(["Qingyuan.Hj212"], Tools["Qingyuan.SampleSite"]);

    [Fact]
    public void The_engine_for_sql_lives_in_the_workbench_alone_which_knows_nobody()
    {
        Assert.Empty(Product["Qingyuan.Workbench"]);
        var users = Source.Files(".", ".csproj").Where(file => file.Text.Contains("DuckDB", StringComparison.OrdinalIgnoreCase)).Select(file => file.Path);
        Assert.Equal(["src/Qingyuan.Workbench/Qingyuan.Workbench.csproj"], users);
        Assert.Empty(Source.Files("src", ".cs", ".razor").Where(file => !file.Path.StartsWith("src/Qingyuan.Workbench/", StringComparison.Ordinal) && file.Code.Contains("DuckDB.NET", StringComparison.Ordinal)).Select(file => file.Path));
        // Whoever starts it is given the program, never the assembly.
        Assert.Contains("ReferenceOutputAssembly=\"false\"", File.ReadAllText(Repo.Path("src/Qingyuan.Workbench/Workbench.targets")), StringComparison.Ordinal);
        Assert.DoesNotContain(Product, project => project.Value.Contains("Qingyuan.Workbench"));
    }

    [Fact]
    public void There_is_no_cycle_of_projects()
    {
        foreach (var project in Product.Keys) Assert.DoesNotContain(project, Reachable(project));
    }

    [Fact]
    public void Every_package_version_stands_in_one_file_and_is_exact()
    {
        Assert.Empty(Source.Files("src", ".csproj").Concat(Source.Files("tools", ".csproj")).Concat(Source.Files("tests", ".csproj"))
            .Where(file => file.Text.Contains("Version=\"", StringComparison.Ordinal) && file.Text.Contains("<PackageReference", StringComparison.Ordinal)
                && System.Text.RegularExpressions.Regex.IsMatch(file.Text, "<PackageReference[^>]*Version="))
            .Select(file => file.Path));
        var central = File.ReadAllText(Repo.Path("Directory.Packages.props"));
        Assert.DoesNotContain("*\"", central, StringComparison.Ordinal);
        Assert.DoesNotContain("[", central, StringComparison.Ordinal);
    }

    private static HashSet<string> Reachable(string from)
    {
        var seen = new HashSet<string>();
        var open = new Queue<string>(Product[from]);
        while (open.TryDequeue(out var next))
            if (seen.Add(next))
                foreach (var further in Product.GetValueOrDefault(next, [])) open.Enqueue(further);
        return seen;
    }
}
