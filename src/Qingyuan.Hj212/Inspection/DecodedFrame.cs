using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Inspection;

/// <summary>A frame as people and scripts read it: texts instead of bytes. For intake use <see cref="SegmentHeader"/>, which copies nothing.</summary>
/// <param name="Edition">By Flag.</param>
/// <param name="Qn">QN of the header as sent; null when the header has none. (2005 puts it among the fields of its answers.)</param>
/// <param name="St">ST as sent; null when absent.</param>
/// <param name="Cn">CN as sent.</param>
/// <param name="Pw">PW as sent; null when absent.</param>
/// <param name="Mn">MN as sent; null when absent.</param>
/// <param name="Flag">Flag; null when absent or no number.</param>
/// <param name="Pnum">PNUM; null when absent.</param>
/// <param name="Pno">PNO; null when absent.</param>
/// <param name="Rf">RF; null when absent.</param>
/// <param name="Crc">The check value as sent, four upper-case digits.</param>
/// <param name="Fields">The data area, in wire order, duplicates kept.</param>
/// <param name="Notes">What the frame deviates in.</param>
public sealed record DecodedFrame(
    Edition Edition, string? Qn, string? St, string Cn, string? Pw, string? Mn, byte? Flag, int? Pnum, int? Pno, int? Rf, string Crc,
    IReadOnlyList<DecodedField> Fields, IReadOnlyList<string> Notes);
