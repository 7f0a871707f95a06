namespace Qingyuan.Platform.Evidence.Contracts;

/// <summary>How far a record's evidence has come. Shown truthfully: with one organisation nothing passes <see cref="Logged"/>.</summary>
public enum EvidenceState
{
    /// <summary>In the outbox; not yet evidence.</summary>
    Received,

    /// <summary>Durable in the owner's log under a signed checkpoint: one party's word.</summary>
    Logged,

    /// <summary>Some other parties cosigned.</summary>
    Witnessed,

    /// <summary>A quorum of organisations cosigned.</summary>
    Certified,

    /// <summary>Final on an outside chain.</summary>
    Anchored,
}
