using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Qingyuan.Console.Shared;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Console.Stations.Administration;

/// <summary>Why a station was not filed, said at the field that is to blame.</summary>
internal sealed partial class StationFault(Refusal refusal, Sentences sentences, IStringLocalizer words)
{
    private static readonly HashSet<string> Fields =
    [
        "mn", "name", "password", "outlet", "dischargerName", "dischargerCode", "permitNo", "technician", "referenceOxygen", "realtimeSeconds", "minuteInterval", "address", "allowedNetworks",
    ];

    private string Field => refusal.Code is "station.mn-taken" or "station.mn-retired" ? "mn" : refusal.Args is [string blamed, ..] ? blamed : "";

    private string Detail => refusal.Args is [_, { } detail, ..] ? Convert.ToString(detail, CultureInfo.CurrentCulture) ?? "" : "";

    /// <summary>The sentence for <paramref name="field"/>, null when another one is to blame.</summary>
    public string? At(string field) => field != Field ? null : refusal.Code is "station.mn-retired" ? sentences.Of(refusal) : refusal.Code is "station.mn-taken" ? words["fault.taken", Detail] : words.OrCode("fault." + field, words["fault.text"]).Replace("{0}", Detail, StringComparison.Ordinal);

    /// <summary>The sentence when no field of the form is to blame.</summary>
    public string? Other => Fields.Contains(Field) ? null : InFactor().Match(Field) is { Success: true } factor
        ? words["fault.factor", int.Parse(factor.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + 1, words.OrCode("fault.factor." + factor.Groups[2].Value, words["fault.factor.other"])]
        : sentences.Of(refusal);

    [GeneratedRegex(@"^factors\[(\d+)\]\.?(.*)$")]
    private static partial Regex InFactor();
}
