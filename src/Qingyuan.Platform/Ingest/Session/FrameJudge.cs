using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Security;
using Qingyuan.Hj212.Segments;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>Decides about one cut of bytes: what it is, whether its sender is who it says, and which answer the standard has for it. Keeps nothing, allocates nothing for a plain frame.</summary>
/// <remarks>Order: shape, check value, header, MN, address, password, then what it says. The first thing wrong is the reason.</remarks>
internal sealed class FrameJudge(IStationDirectory stations, UnknownStations unknown, IngestOptions options)
{
    /// <param name="frame">The cut's bytes in one piece.</param>
    /// <param name="answer">Emptied; then holds the answer that is due once the frame is durable, if one is.</param>
    public Judgement Judge(in FrameCut cut, FrameStatus status, ReadOnlySpan<byte> frame, IPAddress remote, string source, ArrayBufferWriter<byte> answer)
    {
        answer.ResetWrittenCount();
        var reason = status switch
        {
            FrameStatus.Complete => Foreign(cut) && !options.AcceptForeignCrc ? IntakeReason.ForeignCrc : IntakeReason.None,
            FrameStatus.Skipped => IntakeReason.NoHeader,
            _ => IntakeReasons.Of(cut.Why),
        };
        if (!SegmentHeader.TryParse(frame.Slice(cut.SegmentStart, cut.SegmentLength), out var header, out _))
            return Judgement.Refused(FrameVerdict.Quarantined, reason is IntakeReason.None ? IntakeReason.HeaderUnreadable : reason, 0, "");

        Span<char> mn = stackalloc char[UnknownStations.LongestMn];
        mn = mn[..Encoding.Latin1.GetChars(header.Mn[..Math.Min(header.Mn.Length, mn.Length)], mn)];
        var access = header.Mn.Length <= UnknownStations.LongestMn ? stations.FindAccess(mn) : null;
        // The check value is of the plain text; of 256 cipher texts one fits it all the same.
        if (header.Edition is Edition.V2025 && access is { Keys.Count: > 0 } && reason is IntakeReason.CrcMismatch or IntakeReason.None && EncryptedSegment.Concerns(header.Command)
            && (reason is IntakeReason.CrcMismatch || EncryptedSegment.MayBe(frame.Slice(cut.SegmentStart, cut.SegmentLength))))
        {
            if (Encryption.TryOpen(frame.Slice(cut.SegmentStart, cut.SegmentLength), cut.ReceivedCrc, access!) is { } plain && SegmentHeader.TryParse(plain, out var opened, out _))
                return Sender(access!, cut.Notes & ~FrameNotes.LengthWrong, opened, remote, answer) is var judged && judged.IsAccepted ? judged with { Why = judged.Why is { } why ? $"{Encryption.Code},{why}" : Encryption.Code } : judged;
        }

        if (reason is not IntakeReason.None) return Damaged(reason, access, header, answer);
        return access is null
            ? Judgement.Refused(FrameVerdict.Quarantined, IntakeReason.UnknownMn, 0, mn.IsEmpty ? "" : unknown.Note(mn, source))
            : Sender(access, cut.Notes, header, remote, answer);
    }

    /// <summary>No edition has an answer to a broken upload, and what it says of itself cannot be trusted. A broken request is told.</summary>
    private static Judgement Damaged(IntakeReason reason, StationAccess? access, in SegmentHeader header, ArrayBufferWriter<byte> answer)
    {
        if (access is null) return Judgement.Refused(FrameVerdict.Quarantined, reason, 0, "");
        var isRequest = header.WantsReply && FrameKinds.Of(header.Command, header) is FrameKind.NotForHost;
        if (isRequest) Replies.WriteRequestReply(answer, header, RequestResult.WrongCrc);
        return Judgement.Refused(FrameVerdict.Rejected, reason, access.StationNo, access.Mn);
    }

    private Judgement Sender(StationAccess access, FrameNotes notes, in SegmentHeader header, IPAddress remote, ArrayBufferWriter<byte> answer)
    {
        var (reason, told) = !MayCall(access, remote) ? (IntakeReason.AddressNotAllowed, RequestResult.Refused)
            : !CryptographicOperations.FixedTimeEquals(header.Pw, access.Password) ? (IntakeReason.WrongPassword, RequestResult.WrongPassword)
            : default;
        if (reason is IntakeReason.None) return Content(access, notes, header, answer);
        if (header.WantsReply) Replies.WriteRequestReply(answer, header, told);
        return Judgement.Refused(FrameVerdict.Rejected, reason, access.StationNo, access.Mn);
    }

    private Judgement Content(StationAccess access, FrameNotes notes, in SegmentHeader header, ArrayBufferWriter<byte> answer)
    {
        var kind = FrameKinds.Of(header.Command, header);
        var (reason, told) = header.St.IsEmpty ? (IntakeReason.SystemCodeInvalid, RequestResult.WrongSt)
            : FlagIsUnreadable(header) ? (IntakeReason.FlagInvalid, RequestResult.WrongFlag)
            : header.Command is < 1000 or > 9999 ? (IntakeReason.CommandInvalid, RequestResult.WrongCn)
            : kind is FrameKind.Unknown ? (IntakeReason.CommandUnknown, RequestResult.WrongCn)
            : kind is FrameKind.NotForHost ? (IntakeReason.CommandNotForHost, RequestResult.WrongCn)
            : default;
        if (reason is not IntakeReason.None)
        {
            if (header.WantsReply || reason is IntakeReason.FlagInvalid) Replies.WriteRequestReply(answer, header, told);
            return new(FrameVerdict.Rejected, reason, reason.Code(), access.StationNo, access.Mn, access, false);
        }

        Answer(kind, header, answer);
        var mayRepeat = !header.Qn.IsEmpty || DataAreaReader.TryFind(header.Area, "DataTime"u8, out _);
        if (notes is FrameNotes.None && header.Notes is HeaderNotes.None && kind is not FrameKind.UnknownUpload)
            return new(FrameVerdict.Accepted, IntakeReason.None, null, access.StationNo, access.Mn, access, mayRepeat);
        var why = kind is FrameKind.UnknownUpload ? IntakeReason.CommandUnknown.Code() : NoteCodes.Of(notes, header.Notes);
        return new(FrameVerdict.AcceptedWithNotes, IntakeReason.Tolerated, why, access.StationNo, access.Mn, access, mayRepeat);
    }

    private void Answer(FrameKind kind, in SegmentHeader header, ArrayBufferWriter<byte> answer)
    {
        var shapeOf2005 = header.Flag is null;
        switch (kind)
        {
            case FrameKind.Upload or FrameKind.UnknownUpload when header.WantsReply || (shapeOf2005 && options.AnswerWithoutFlag):
                Replies.WriteDataReply(answer, header);
                break;
            case FrameKind.Notice when header.WantsReply:
                Replies.WriteNoticeReply(answer, header);
                break;
            case FrameKind.Login when header.WantsReply || shapeOf2005:
                VendorLogin.WriteReply(answer, header, options.VendorLoginAnswer);
                break;
        }
    }

    private static bool MayCall(StationAccess access, IPAddress remote)
    {
        if (access.AllowedNetworks.Count is 0) return true;
        for (var i = 0; i < access.AllowedNetworks.Count; i++)
            if (access.AllowedNetworks[i].Contains(remote)) return true;
        return false;
    }

    /// <summary>A Flag that is there and is no number: whether an answer is wanted cannot be known.</summary>
    private static bool FlagIsUnreadable(in SegmentHeader header) =>
        header is { Flag: null, Pnum: null, Pno: null, Rf: null } && (header.Notes & HeaderNotes.BadNumber) != 0;

    private static bool Foreign(in FrameCut cut) => (cut.Notes & (FrameNotes.ModbusCrc | FrameNotes.SwappedModbusCrc)) != 0;
}
