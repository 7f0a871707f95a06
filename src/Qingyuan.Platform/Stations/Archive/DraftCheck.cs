using System.Net;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>What a draft must be before anything is stored. Pure; the first fault found names its field.</summary>
internal static class DraftCheck
{
    public const int LongestName = 200;
    private const int LongestMn = 64;
    private const int LongestPassword = 64;
    private const int MostFactors = 200;

    public static Refusal? Fault(StationDraft draft, bool passwordNeeded)
    {
        if (!IsMn(draft.Mn)) return Invalid("mn", "1-64: A-Z a-z 0-9 - _");
        if (string.IsNullOrWhiteSpace(draft.Name) || IsBad(draft.Name)) return Invalid("name", $"1-{LongestName}");
        if (!Enum.IsDefined(draft.Kind)) return Invalid("kind", "gas | water");
        if (draft.Edition is not (2005 or 2017 or 2025)) return Invalid("edition", "2005 | 2017 | 2025");
        if (draft.Password is { Length: > 0 } ? !IsPassword(draft.Password) : passwordNeeded) return Invalid("password", $"1-{LongestPassword}: printable ASCII without ; , = & #");
        if (!Enum.IsDefined(draft.Network)) return Invalid("network", "unstated | wired | mobile | dedicated");
        if (draft.Key is { Length: > 0 } key && (draft.Edition is not 2025 || key.Length is not 16 || !key.All(char.IsAsciiLetterOrDigit))) return Invalid("key", "16 letters and digits, with edition 2025");
        if (draft.RealtimeSeconds is < 1 or > 3600) return Invalid("realtimeSeconds", "1-3600");
        if (draft.MinuteInterval is < 1 or > 60) return Invalid("minuteInterval", "1-60");
        if (draft.ReferenceOxygen is < 0 or >= 21) return Invalid("referenceOxygen", "0 <= x < 21");
        if (draft.Position is { Longitude: < -180 or > 180 }) return Invalid("longitude", "-180 <= x <= 180");
        if (draft.Position is { Latitude: < -90 or > 90 }) return Invalid("latitude", "-90 <= x <= 90");
        if (draft.Position is { } position && !Enum.IsDefined(position.Datum)) return Invalid("datum", "wgs84 | gcj02");
        foreach (var network in draft.AllowedNetworks)
            if (!IPNetwork.TryParse(network, out _)) return Invalid("allowedNetworks", network);
        return TextFault(draft) ?? FactorFault(draft.Factors);
    }

    private static Refusal? TextFault(StationDraft draft)
    {
        (string Field, string? Text)[] texts =
        [
            ("dischargerCode", draft.DischargerCode), ("dischargerName", draft.DischargerName), ("outlet", draft.Outlet), ("permitNo", draft.PermitNo),
            ("industry", draft.Industry), ("address", draft.Address), ("technician", draft.Technician),
        ];
        return texts.FirstOrDefault(text => IsBad(text.Text)) is { Field: { } field } ? Invalid(field, $"0-{LongestName}") : null;
    }

    private static Refusal? FactorFault(IReadOnlyList<FactorSetting> factors)
    {
        if (factors.Count > MostFactors) return Invalid("factors", $"0-{MostFactors}");
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < factors.Count; at++)
        {
            var factor = factors[at];
            var field = $"factors[{at}]";
            if (!IsMn(factor.Code) || !codes.Add(factor.Code)) return Invalid($"{field}.code", factor.Code ?? "");
            if (factor.Decimals is < 0 or > 8) return Invalid($"{field}.decimals", "0-8");
            if (factor.CycleMinutes is < 1 or > 1440) return Invalid($"{field}.cycleMinutes", "1-1440");
            if (factor.RangeUpper is <= 0) return Invalid($"{field}.rangeUpper", "> 0");
            if (factor.Limit is { } limit && (limit is { Upper: null, Lower: null } || limit.Upper < limit.Lower || !Enum.IsDefined(limit.Basis))) return Invalid($"{field}.limit", "upper, lower, basis");
            if (IsBad(factor.NameZh) || IsBad(factor.NameEn) || IsBad(factor.Unit) || IsBad(factor.Analyser) || IsBad(factor.Limit?.Source)) return Invalid(field, $"0-{LongestName}");
        }

        return null;
    }

    private static bool IsMn(string? text) =>
        text is { Length: >= 1 and <= LongestMn } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    // What would end or split the segment it stands in could never be sent by a logger.
    private static bool IsPassword(string text) => text.Length <= LongestPassword && text.All(letter => letter is > ' ' and < '\u007f' and not (';' or ',' or '=' or '&' or '#'));

    private static bool IsBad(string? text) => InputText.Fault(text, LongestName) is not null;

    private static Refusal Invalid(string field, string expected) => new("station.field-invalid", field, expected);
}
