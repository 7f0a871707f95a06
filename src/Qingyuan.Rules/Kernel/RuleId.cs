namespace Qingyuan.Rules.Kernel;

/// <summary>A rule's name and version as stored beside every judgement: <c>HJ75-HOUR@2017.1</c> is edition 2017, parameter revision 1.</summary>
/// <remarks>Code whose released judgement would change becomes a new class with a new version; replay uses the version of the day.</remarks>
public readonly record struct RuleId(string Name, string Version)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}@{Version}";
}
