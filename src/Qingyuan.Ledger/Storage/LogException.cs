namespace Qingyuan.Ledger.Storage;

/// <summary>Why a log refuses to be written or signed.</summary>
public enum LogTrouble
{
    /// <summary>Another process writes it.</summary>
    InUse,

    /// <summary>Another writer opened it later: this one may not sign any more.</summary>
    EpochLost,

    /// <summary>Entries exist but the signing state does not: signing again could fork the log. A person must decide.</summary>
    StateLost,

    /// <summary>Fewer entries than were signed or recorded elsewhere: an old copy was put back. Signing would fork the log.</summary>
    Behind,

    /// <summary>Bytes on disk are not what was signed.</summary>
    Damaged,

    /// <summary>The files are of another log or other keys.</summary>
    OtherLog,

    /// <summary>An earlier write failed; open the log anew.</summary>
    Faulted,
}

/// <summary>The log refuses: going on would risk a lie.</summary>
/// <param name="trouble">Which refusal.</param>
/// <param name="where">File or place.</param>
public sealed class LogException(LogTrouble trouble, string where) : IOException($"Evidence log: {trouble} ({where}).")
{
    /// <summary>Which refusal.</summary>
    public LogTrouble Trouble { get; } = trouble;
}
