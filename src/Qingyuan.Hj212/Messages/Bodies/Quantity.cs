using System.Globalization;

namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>One reported value.</summary>
/// <param name="Kind">The suffix without its dash: <c>Rtd</c>, <c>Avg</c>, <c>ZsMax</c>, <c>Cou</c>, or one nobody knows.</param>
/// <param name="Text">Exactly as sent: mostly a decimal number, but nothing promises it.</param>
public sealed record Quantity(string Kind, string Text)
{
    /// <summary>The value as a number; null when it is none.</summary>
    public decimal? Number => decimal.TryParse(Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
