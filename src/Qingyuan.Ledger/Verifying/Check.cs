namespace Qingyuan.Ledger.Verifying;

/// <summary>Outcome of one check.</summary>
/// <param name="Name">Stable name, one of <see cref="CheckNames"/>.</param>
/// <param name="Ok">Passed.</param>
/// <param name="Detail">What was found, for people; null when there is nothing to say.</param>
public sealed record Check(string Name, bool Ok, string? Detail = null);

/// <summary>Names of the checks of one entry.</summary>
public static class CheckNames
{
    /// <summary>All files are there and readable, the envelope is well formed.</summary>
    public const string Bytes = "bytes";

    /// <summary>The entry is a canonical log entry.</summary>
    public const string Canonical = "canonical";

    /// <summary>Every source signature is right and of a known key.</summary>
    public const string SourceSignature = "source-signature";

    /// <summary>The SHA-256 path leads from the envelope to the checkpoint's root.</summary>
    public const string PathSha256 = "path-sha256";

    /// <summary>The SM3 path leads from the envelope to the checkpoint's root.</summary>
    public const string PathSm3 = "path-sm3";

    /// <summary>The log signed the <c>std</c> checkpoint.</summary>
    public const string SignatureEd25519 = "signature-ed25519";

    /// <summary>The log signed the <c>sm</c> checkpoint.</summary>
    public const string SignatureSm2 = "signature-sm2";

    /// <summary>The policy is satisfied and its logs are those that signed.</summary>
    public const string Policy = "policy";

    /// <summary>The keys are among those the verifier was told to trust.</summary>
    public const string TrustedKeys = "trusted-keys";
}
