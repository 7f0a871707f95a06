using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Cold;

/// <summary>One value as the cold files keep it: all that a chunk knows of it.</summary>
/// <param name="AtTicks">Station clock.</param>
/// <param name="Mantissa">With <paramref name="Decimals"/> the text, unless that is kept itself; then 0.</param>
/// <param name="Decimals">0 when the text is kept.</param>
/// <param name="Verbatim">The text where mantissa and decimals do not give it back to the letter.</param>
/// <param name="SampleTicks"><see cref="Column.NoSampleTime"/> when none was sent.</param>
/// <param name="Source">Which <see cref="ColdSource"/> of the same part it came with.</param>
internal readonly record struct ColdRow(
    int StationNo, string Factor, Resolution Period, string Quantity, long AtTicks, int Mantissa, byte Decimals, string? Verbatim, string? Flag, long SampleTicks, int Source)
{
    public string Text => Verbatim ?? DecimalText.Format(Mantissa, Decimals);
}

/// <summary>One frame's moment: what its values have in common.</summary>
internal readonly record struct ColdSource(int StationNo, Resolution Period, long AtTicks, FrameId Frame, long ReceivedMicros);
