using System.Globalization;

namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>Where a frame stands for ever: its batch and its place in it. Written <c>batch-ordinal</c>.</summary>
public readonly record struct FrameId(long Batch, int Ordinal) : IComparable<FrameId>
{
    public int CompareTo(FrameId other) => (Batch, Ordinal).CompareTo((other.Batch, other.Ordinal));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Batch}-{Ordinal}");

    public static bool TryParse(string? text, out FrameId id)
    {
        id = default;
        var dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash <= 0
            || !long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var batch)
            || !int.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)) return false;
        id = new(batch, ordinal);
        return true;
    }

    public static bool operator <(FrameId left, FrameId right) => left.CompareTo(right) < 0;

    public static bool operator >(FrameId left, FrameId right) => left.CompareTo(right) > 0;

    public static bool operator <=(FrameId left, FrameId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(FrameId left, FrameId right) => left.CompareTo(right) >= 0;
}
