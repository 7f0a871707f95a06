using Qingyuan.Hj212.Framing;

namespace Qingyuan.Platform.Ingest.Health;

/// <summary>Why a frame is not plainly accepted, or a connection did not live on. The name is the stable code that is stored and counted.</summary>
internal enum IntakeReason
{
    None,

    // The bytes, by the names of the frame cutter.
    NoHeader,
    LengthNotNumeric,
    LengthOverLimit,
    EmptySegment,
    CrcMismatch,
    NoTail,
    Truncated,

    /// <summary>Accepted with a deviation; the stored code names it.</summary>
    Tolerated,
    ForeignCrc,
    HeaderUnreadable,

    // The sender.
    UnknownMn,
    AddressNotAllowed,
    WrongPassword,

    // What it says.
    SystemCodeInvalid,
    FlagInvalid,
    CommandInvalid,
    CommandUnknown,
    CommandNotForHost,
    EqualBytes,

    /// <summary>A sensor's report that came through a broker and cannot be read.</summary>
    ReportInvalid,

    // The connection.
    DiskNearlyFull,
    CommitsLag,
    TooManyConnections,
    AcceptRateExceeded,
    QuarantineFull,
    RubbishFlood,
    SilentPeer,
    SlowReader,
    ConnectionLost,

    // Ours.
    NotStored,
    TwinRefused,
}

internal static class IntakeReasons
{
    private static readonly string[] Names = Enum.GetNames<IntakeReason>();

    public static int Count => Names.Length;

    /// <summary>The stored code; null for <see cref="IntakeReason.None"/>. Never allocates.</summary>
    public static string? Code(this IntakeReason reason) => reason is IntakeReason.None ? null : Names[(int)reason];

    public static string NameAt(int index) => Names[index];

    /// <summary>The cutter's refusals bear the same names.</summary>
    public static IntakeReason Of(FrameRejection why) => why switch
    {
        FrameRejection.NoHeader => IntakeReason.NoHeader,
        FrameRejection.LengthNotNumeric => IntakeReason.LengthNotNumeric,
        FrameRejection.LengthOverLimit => IntakeReason.LengthOverLimit,
        FrameRejection.EmptySegment => IntakeReason.EmptySegment,
        FrameRejection.CrcMismatch => IntakeReason.CrcMismatch,
        FrameRejection.NoTail => IntakeReason.NoTail,
        FrameRejection.Truncated => IntakeReason.Truncated,
        _ => throw new ArgumentOutOfRangeException(nameof(why), why, null),
    };
}
