using System.Text.RegularExpressions;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>What is wrong with a target before it is stored: the first field, with what it must be.</summary>
internal static partial class DraftCheck
{
    private const int LongestName = 64;

    /// <summary>Uploads; replies and commands never go on.</summary>
    public static IReadOnlyList<int> Uploads { get; } = [2011, 2013, 2021, 2031, 2041, 2051, 2052, 2061, 2062, 2081, 2111, 3015, 3019, 3020];

    public static Refusal? Fault(TargetDraft draft, IStationDirectory stations)
    {
        if (string.IsNullOrWhiteSpace(draft.Name) || InputText.Fault(draft.Name, LongestName) is not null) return Invalid("name", $"1-{LongestName}");
        if (string.IsNullOrWhiteSpace(draft.Host) || Uri.CheckHostName(draft.Host) is UriHostNameType.Unknown) return Invalid("host", "a host name or an IP address");
        if (draft.Port is < 1 or > 65_535) return Invalid("port", "1-65535");
        if (draft.CertificateSha256 is { } print && !Sha256().IsMatch(print)) return Invalid("certificateSha256", "64 hexadecimal digits");
        if (draft.Edition is not (2005 or 2017 or 2025)) return Invalid("edition", "2005|2017|2025");
        if (draft.Window is < 1 or > 64) return Invalid("window", "1-64");
        if (draft.GapMilliseconds is < 0 or > 60_000) return Invalid("gapMilliseconds", "0-60000");
        if (draft.Commands.Count is 0 || draft.Commands.Any(command => !Uploads.Contains(command))) return Invalid("commands", string.Join('|', Uploads));
        if (draft.Key is { Length: > 0 } key && (key.Length is not 16 || !key.All(char.IsAscii))) return Invalid("key", "16 ASCII characters, or empty");
        if (draft.Key is { Length: > 0 } && (draft.Edition is not 2025 || draft.ByteExact)) return Invalid("key", "only with edition 2025 and not byte-exact");
        return Stations(draft, stations);
    }

    private static Refusal? Stations(TargetDraft draft, IStationDirectory stations)
    {
        foreach (var each in draft.Stations)
        {
            if (stations.Find(each.Mn) is not { } station) return Invalid("stations", $"no station {each.Mn}");
            if (station.IsSample) return new("forward.sample-station", each.Mn);
            if (each.TargetMn is { } mn && !Plain().IsMatch(mn)) return Invalid("targetMn", "1-64 letters, digits, - and _");
            if (each.TargetPassword is { Length: > 0 } password && !Plain().IsMatch(password)) return Invalid("targetPassword", "letters, digits, - and _");
        }

        return draft.Stations.GroupBy(each => each.Mn).Any(same => same.Count() > 1) ? Invalid("stations", "each MN once") : null;
    }

    private static Refusal Invalid(string field, string expected) => new("forward.field-invalid", field, expected);

    [GeneratedRegex("^[0-9A-Fa-f]{64}$")]
    private static partial Regex Sha256();

    [GeneratedRegex("^[0-9A-Za-z_-]{1,64}$")]
    private static partial Regex Plain();
}
