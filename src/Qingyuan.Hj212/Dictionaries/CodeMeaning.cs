using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Dictionaries;

/// <summary>One code of a table and what it says.</summary>
/// <param name="Code">As it stands on the wire.</param>
/// <param name="NameZh">Its meaning, in the standard's words where known.</param>
/// <param name="NameEn">Its meaning in English (our translation).</param>
/// <param name="Editions">Editions that have it.</param>
/// <param name="Confidence">How well the row is founded.</param>
public sealed record CodeMeaning(string Code, string NameZh, string NameEn, IReadOnlyList<Edition> Editions, Confidence Confidence = Confidence.Confirmed)
{
    internal static readonly IReadOnlyList<Edition> Every = [Edition.V2005, Edition.V2017, Edition.V2025];
    internal static readonly IReadOnlyList<Edition> From2017 = [Edition.V2017, Edition.V2025];
    internal static readonly IReadOnlyList<Edition> Only2005 = [Edition.V2005];
    internal static readonly IReadOnlyList<Edition> Only2017 = [Edition.V2017];
    internal static readonly IReadOnlyList<Edition> Only2025 = [Edition.V2025];
}
