namespace Qingyuan.Ledger.Signing;

/// <summary>The two signature schemes. Both have 32-byte secrets and 64-byte signatures here.</summary>
public enum KeyAlgorithm
{
    /// <summary>RFC 8032.</summary>
    Ed25519,

    /// <summary>SM2 with SM3 (GM/T 0003), identity 1234567812345678, signature as plain r||s.</summary>
    Sm2,
}
