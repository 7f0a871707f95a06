namespace Qingyuan.Ledger.Canonical;

/// <summary>Why bytes are not a log entry of format 1.</summary>
public enum EntryFault
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>Not canonical JSON.</summary>
    NotCanonical,

    /// <summary>The format version is not 1.</summary>
    Version,

    /// <summary>A required member is missing or of the wrong shape.</summary>
    Member,

    /// <summary>A member this format does not know.</summary>
    UnknownMember,
}
