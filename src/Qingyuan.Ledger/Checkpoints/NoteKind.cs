namespace Qingyuan.Ledger.Checkpoints;

/// <summary>What a note signature says, and with which scheme.</summary>
public enum NoteKind
{
    /// <summary>Type 0x01: Ed25519 of the log itself.</summary>
    Ed25519Log,

    /// <summary>Type 0x04: Ed25519 cosignature with a time.</summary>
    Ed25519Cosignature,

    /// <summary>Type 0xFF, <c>sm2-sm3-note/v1</c>: SM2 of the log itself.</summary>
    Sm2Log,

    /// <summary>Type 0xFF, <c>sm2-sm3-cosig/v1</c>: SM2 cosignature with a time.</summary>
    Sm2Cosignature,
}
