namespace Qingyuan.Hj212.Segments;

/// <summary>One reported quantity of one factor, with what the frame says about it.</summary>
/// <param name="Factor">Code as sent, such as <c>a21026</c>, or 2005's <c>02</c>.</param>
/// <param name="Quantity">Suffix as sent without the dash: <c>Rtd</c>, <c>Avg</c>, <c>ZsAvg</c>, <c>RS</c>, or one nobody knows.</param>
/// <param name="Text">The value exactly as sent: mostly a decimal number, but nothing promises it.</param>
/// <param name="Flag">The factor's data mark (数据标记) in this frame; null when none was sent.</param>
/// <param name="SampleTime">The factor's SampleTime, station wall clock; null when none was sent or it is no time.</param>
public readonly record struct FactorValue(string Factor, string Quantity, string Text, string? Flag, DateTime? SampleTime);
