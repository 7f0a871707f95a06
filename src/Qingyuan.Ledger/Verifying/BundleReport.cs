namespace Qingyuan.Ledger.Verifying;

/// <summary>What a bundle's verification found.</summary>
/// <param name="Checks">Every check, in order.</param>
/// <param name="IsSingleParty">No other organisation vouches: "logged", never "certified".</param>
/// <param name="Keys">The key lines that were relied on, to be compared with published ones.</param>
/// <param name="Entry">The entry's canonical text, when it could be read.</param>
public sealed record BundleReport(IReadOnlyList<Check> Checks, bool IsSingleParty, IReadOnlyList<string> Keys, string? Entry)
{
    /// <summary>Every check passed. Fails closed: no checks, no proof.</summary>
    public bool Ok => Checks.Count > 0 && Checks.All(check => check.Ok);
}
