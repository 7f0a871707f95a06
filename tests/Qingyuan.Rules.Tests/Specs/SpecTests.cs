using System.Globalization;
using System.Reflection;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Tests.Specs;

/// <summary>Runs every spec file, and demands one of every rule that names a clause.</summary>
public class SpecTests
{
    public static TheoryData<string> Files => [.. SpecFile.All().Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Comes_out_as_written(string path)
    {
        var file = SpecFile.Read(Path.Combine(SpecFile.Root, path));
        var bench = new SpecBench();
        foreach (var line in file.Lines)
        {
            var problem = bench.Run(line);
            Assert.True(problem is null, $"{path}:{line.Number} {line.Verb}: {problem}");
        }

        Assert.True(bench.Expectations > 0, $"{path} expects nothing");
    }

    [Fact]
    [Requirement("R-5.2-1")]
    public void Every_rule_with_a_clause_has_a_spec_and_an_id()
    {
        var specified = SpecFile.All().SelectMany(file => file.Rules).ToHashSet();
        var rules = typeof(Refusal).Assembly.GetTypes().Where(type => type.GetCustomAttributes<ClauseAttribute>().Any()).ToArray();
        Assert.NotEmpty(rules);
        Assert.Empty(rules.Select(rule => rule.Name).Where(name => !specified.Contains(name)).Order());
        Assert.Empty(rules.Where(rule => rule.GetField("Id", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is not RuleId).Select(rule => rule.Name).Except(["OrderRights", "StationHour"]));
    }

    [Fact]
    public void No_two_rules_have_the_same_id()
    {
        var ids = typeof(Refusal).Assembly.GetTypes().Select(type => type.GetField("Id", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)).OfType<RuleId>().ToArray();
        Assert.Equal(ids.Length, ids.Select(id => id.Name).Distinct().Count());
        Assert.All(ids, id => Assert.Matches(@"^[A-Z0-9-]+@[0-9]+(\.[0-9]+)?$", id.ToString()));
    }

    internal static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
