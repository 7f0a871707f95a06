using System.Globalization;

namespace Qingyuan.Rules.Kernel;

/// <summary>A number exactly as a logger wrote it: value and count of decimals.</summary>
/// <remarks><c>default</c> is 0 with no decimals. Equality is by value and decimals: 2.0 is not 2.00, because the text differs.</remarks>
public readonly record struct WireNumber(decimal Value, int Decimals)
{
    /// <summary>No measured quantity is larger in magnitude; beyond it sums and products could overflow.</summary>
    public const decimal Largest = 1_000_000_000_000m;

    private const NumberStyles Wire = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>Reads wire text. Text that is no plain decimal (empty, <c>NaN</c>, <c>--</c>, exponents, too long, beyond <see cref="Largest"/>) is no number.</summary>
    public static WireNumber? Parse(string? text)
    {
        if (!decimal.TryParse(text, Wire, CultureInfo.InvariantCulture, out var value) || value is < -Largest or > Largest) return null;
        return new(value, value.Scale);
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
