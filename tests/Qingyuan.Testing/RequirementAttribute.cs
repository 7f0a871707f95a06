using Xunit.v3;

namespace Qingyuan.Testing;

/// <summary>Ties a test to a row of docs/requirements.md; docs/coverage.md is generated from these tags.</summary>
/// <param name="id">Such as <c>R-5.7.3-6d</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequirementAttribute(string id) : Attribute, ITraitAttribute
{
    public string Id { get; } = id;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("requirement", Id)];
}
