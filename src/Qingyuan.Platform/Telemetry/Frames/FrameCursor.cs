using System.Globalization;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>A place in a list of frames by time received; frames of one microsecond are in log order. Written <c>micros-batch-ordinal</c>.</summary>
internal readonly record struct FrameCursor(long Received, FrameId Id) : IComparable<FrameCursor>
{
    public static FrameCursor Start => new(-1, default);

    public static FrameCursor Of(StoredFrame frame) => new(Micros.Of(frame.Arrival.ReceivedAt), frame.Id);

    /// <exception cref="FormatException">Not a cursor of this list.</exception>
    public static FrameCursor Parse(string? text) =>
        text is null ? Start : TryParse(text, out var cursor) ? cursor : throw new FormatException("Not a place in a list of frames.");

    public static bool TryParse(string text, out FrameCursor cursor)
    {
        cursor = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash <= 0
            || !long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var received)
            || !FrameId.TryParse(text[(dash + 1)..], out var id)) return false;
        cursor = new(received, id);
        return true;
    }

    public int CompareTo(FrameCursor other) => (Received, Id).CompareTo((other.Received, other.Id));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Received}-{Id}");
}
