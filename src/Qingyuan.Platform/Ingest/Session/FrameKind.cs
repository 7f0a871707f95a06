using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>What a command is to us, the upper host.</summary>
internal enum FrameKind
{
    /// <summary>No edition has it and it is not in the range of uploads.</summary>
    Unknown,

    /// <summary>Data: 9014.</summary>
    Upload,

    /// <summary>In the range of uploads but of no edition read here: kept and acknowledged as one.</summary>
    UnknownUpload,

    /// <summary>9013.</summary>
    Notice,

    /// <summary>A vendor's login or heartbeat, 9021.</summary>
    Login,

    /// <summary>An answer, or the data that answer a request of ours: never answered.</summary>
    Reply,

    /// <summary>Only a host says this to the field.</summary>
    NotForHost,
}

internal static class FrameKinds
{
    public const int VendorLogin = 9021;
    private const int VendorLoginReply = 9022;

    public static FrameKind Of(int command, in SegmentHeader header) => command switch
    {
        2012 or 2022 => FrameKind.NotForHost,
        CommandCode.RealtimeData or CommandCode.UnitState or CommandCode.DayData or CommandCode.UnitRunTime or CommandCode.MinuteData
            or CommandCode.HourData or CommandCode.BootTime => FrameKind.Upload,
        2013 or 2052 or 2062 or 2111 => FrameKind.Upload, // edition 2025
        >= 2000 and < 3000 => FrameKind.UnknownUpload,
        3015 or CommandCode.InstrumentIdentity or CommandCode.FieldInformation => FrameKind.Upload,
        CommandCode.ClockNotice or CommandCode.Heartbeat => FrameKind.Notice,
        1001 or 1014 when header.Edition is Edition.V2025 => FrameKind.Notice,
        CommandCode.RequestReply or CommandCode.ExecutionReply or CommandCode.NoticeReply or CommandCode.DataReply or VendorLoginReply => FrameKind.Reply,
        VendorLogin => FrameKind.Login,
        // A request asks for its 9011; the same code without that wish carries what we asked for.
        >= 1000 and < 1100 or >= 3000 and < 3100 => header.WantsReply ? FrameKind.NotForHost : FrameKind.Reply,
        _ => FrameKind.Unknown,
    };
}
