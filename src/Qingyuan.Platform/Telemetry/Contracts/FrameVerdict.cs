namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>What Ingest decided about a frame's bytes. All of them are kept.</summary>
public enum FrameVerdict : byte
{
    /// <summary>Well formed, from a known station with the right password: its values count.</summary>
    Accepted = 0,

    /// <summary>As <see cref="Accepted"/>, but recovered from a deviation that is named in the reason.</summary>
    AcceptedWithNotes = 1,

    /// <summary>Equal bytes of an accepted frame, sent again: evidence of a resend, its values already count.</summary>
    Repeated = 2,

    /// <summary>Refused: the reason says why; its values do not count.</summary>
    Rejected = 3,

    /// <summary>From an unknown station or unreadable; kept in quarantine for adoption or inspection.</summary>
    Quarantined = 4,

    /// <summary>From an archive file, by whom and when in the ledger; never counted as received live.</summary>
    Imported = 5,
}
