using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Api;

/// <summary>One line of <c>GET /frames</c>.</summary>
internal sealed record FrameJson(string Id, string Mn, DateTimeOffset ReceivedAt, FrameVerdict Verdict, string? Why, int Length, string Source)
{
    public static FrameJson From(StoredFrame frame) => new(
        frame.Id.ToString(), frame.Arrival.Mn, frame.Arrival.ReceivedAt, frame.Arrival.Verdict, frame.Arrival.Why, frame.Bytes.Length, frame.Arrival.Source);
}
