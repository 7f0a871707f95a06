namespace Qingyuan.Hj212.Inspection;

/// <summary>One <c>name=value</c> of a data area, as text.</summary>
/// <param name="Name">As sent, blanks round it taken off.</param>
/// <param name="Value">As sent, a log text with its slashes.</param>
/// <param name="Separator">What stands before it: <c>;</c> or <c>,</c>. Null for the first one.</param>
public sealed record DecodedField(string Name, string Value, char? Separator);
