using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Dictionaries;

/// <summary>A field of the data area, as the field dictionary has it.</summary>
/// <param name="Name">The plain name, or a dash and a suffix: <c>-Rtd</c>.</param>
/// <param name="NameZh">Its meaning in Chinese.</param>
/// <param name="NameEn">Its meaning in English (our translation).</param>
/// <param name="Format">As <see cref="WireFormat"/> reads it; null for a value of the factor's own format, or of none.</param>
/// <param name="Editions">Editions that have it.</param>
public sealed record FieldDefinition(string Name, string NameZh, string NameEn, string? Format, IReadOnlyList<Edition> Editions)
{
    /// <summary>Its unit; null when it has none.</summary>
    public string? Unit { get; init; }

    /// <summary>The least number allowed; null when none is set.</summary>
    public int? Least { get; init; }

    /// <summary>The greatest number allowed; null when none is set.</summary>
    public int? Most { get; init; }

    /// <summary>The only numbers allowed; null when all are.</summary>
    public IReadOnlyList<int>? OneOf { get; init; }

    /// <summary>What its codes mean; null when it carries none.</summary>
    public CodeTable? Codes { get; init; }

    /// <summary>How well the row is founded.</summary>
    public Confidence Confidence { get; init; }

    /// <summary>Where it stands.</summary>
    public string Clause => Editions[0] switch { Edition.V2005 when Editions.Count == 1 => "HJ/T 212-2005", Edition.V2025 => "HJ 212-2025", _ => "HJ 212-2017 表4" };
}
