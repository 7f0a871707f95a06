using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>What was decided about one cut of bytes.</summary>
/// <param name="Why">The code to store: the reason's name, or the names of the deviations a frame was accepted with.</param>
/// <param name="StationNo">The station that the bytes claim to come from, 0 when unknown; believed only when <paramref name="Sender"/> is there.</param>
/// <param name="Sender">Set when MN, address and password fit.</param>
/// <param name="MayRepeat">The frame names a moment (QN or DataTime), so equal bytes are a resend and not a new report.</param>
internal readonly record struct Judgement(
    FrameVerdict Verdict, IntakeReason Reason, string? Why, int StationNo, string Mn, StationAccess? Sender, bool MayRepeat)
{
    /// <summary>Its bytes are remembered, to know them again.</summary>
    public bool IsAccepted => Verdict is FrameVerdict.Accepted or FrameVerdict.AcceptedWithNotes;

    public static Judgement Refused(FrameVerdict verdict, IntakeReason reason, int stationNo, string mn) =>
        new(verdict, reason, reason.Code(), stationNo, mn, null, false);

    public Judgement AsRepeat() => this with { Verdict = FrameVerdict.Repeated, Reason = IntakeReason.EqualBytes, Why = IntakeReason.EqualBytes.Code() };
}
