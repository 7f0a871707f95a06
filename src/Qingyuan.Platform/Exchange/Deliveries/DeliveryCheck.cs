using System.Text.RegularExpressions;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Exchange;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>What is wrong with a delivery before it is stored: a code, and the field first among its arguments.</summary>
internal sealed partial class DeliveryCheck(IStationDirectory stations, HandOverFolder folder)
{
    private const int LongestName = 64;
    private const int LongestPurpose = 500;
    private const int MostStations = 10_000;
    private const int MostFactors = 500;

    public Refusal? Fault(DeliveryDraft draft)
    {
        var rule = draft.Rule;
        if (!FileName().IsMatch(draft.Name) || InputText.Fault(draft.Name, LongestName) is not null) return new("delivery.name-invalid", "name", LongestName);
        if (string.IsNullOrWhiteSpace(rule.Recipient) || InputText.Fault(rule.Recipient, LongestName) is not null) return new("delivery.recipient-missing", "recipient", LongestName);
        if (!Code().IsMatch(rule.Organisation)) return new("delivery.organisation-invalid", "organisation");
        if (rule.Kind is not RecipientKind.Regulator && string.IsNullOrWhiteSpace(rule.Purpose)) return new("delivery.purpose-missing", "purpose");
        if (InputText.Fault(rule.Purpose, LongestPurpose) is not null) return new("delivery.purpose-invalid", "purpose", LongestPurpose);
        return Stations(rule) ?? Data(rule) ?? Time(rule) ?? Way(draft);
    }

    private Refusal? Stations(DeliveryRule rule)
    {
        if (rule.Choice is StationChoice.Organisation && !stations.Filed.Any(station => station.DischargerCode == rule.Discharger)) return new("delivery.discharger-invalid", "discharger", rule.Discharger ?? "");
        if (rule.Choice is not StationChoice.Listed) return null;
        if (rule.Stations.Count is 0) return new("delivery.stations-missing", "stations");
        if (rule.Stations.Count > MostStations) return new("delivery.stations-invalid", "stations", MostStations);
        foreach (var mn in rule.Stations)
        {
            if (stations.Find(mn) is not { } station) return new("delivery.station-invalid", "stations", mn);
            if (station.IsSample) return new("delivery.sample-station", mn);
        }

        return null;
    }

    private Refusal? Data(DeliveryRule rule)
    {
        if (rule.Data.Count is 0) return new("delivery.data-missing", "data");
        if (rule.Every is DeliveryInterval.Hourly && rule.Data.Any(data => data is DeliveryData.Day or DeliveryData.DerivedDay)) return new("delivery.data-invalid", "data");
        if (rule.Factors.Count > MostFactors) return new("delivery.factors-invalid", "factors", MostFactors);
        var known = stations.Filed.Where(station => Chosen(rule, station)).SelectMany(station => station.Factors).Select(factor => factor.Code).ToHashSet(StringComparer.Ordinal);
        return rule.Factors.FirstOrDefault(code => !known.Contains(code)) is { } unknown ? new("delivery.factor-invalid", "factors", unknown) : null;
    }

    private static Refusal? Time(DeliveryRule rule) => rule.Every switch
    {
        DeliveryInterval.Hourly when rule.At.Hour is not 0 => new("delivery.hourly-at-invalid", "at"),
        DeliveryInterval.Weekly when rule.Day is not (>= 1 and <= 7) => new("delivery.day-invalid", "day", "1-7"),
        DeliveryInterval.Monthly when rule.Day is not (>= 1 and <= 28) => new("delivery.day-invalid", "day", "1-28"),
        _ => null,
    };

    private Refusal? Way(DeliveryDraft draft)
    {
        var rule = draft.Rule;
        if (rule.HandOver is HandOver.Folder) return folder.Fault(rule.Folder) is { } fault ? new(fault, "folder", rule.Folder ?? "") : null;
        if (rule.HandOver is not HandOver.Put) return null;
        if (!Uri.TryCreate(rule.Address, UriKind.Absolute, out var address) || address.Scheme is not "https" || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0 || rule.Address!.Length > 500)
            return new("delivery.address-invalid", "address");
        if (rule.CertificateSha256 is { } print && !Sha256().IsMatch(print)) return new("delivery.certificate-invalid", "certificateSha256");
        return draft.Secret is { } secret && (secret.Length > LongestPurpose || secret.Any(letter => letter is < ' ' or > '~')) ? new("delivery.secret-invalid", "secret", LongestPurpose) : null;
    }

    /// <summary>Whether a station is one of a rule's; a sample station never is.</summary>
    public static bool Chosen(DeliveryRule rule, StationInfo station) => !station.IsSample && rule.Choice switch
    {
        StationChoice.Listed => rule.Stations.Contains(station.Mn),
        StationChoice.Organisation => station.DischargerCode == rule.Discharger,
        _ => true,
    };

    /// <summary>It names the files.</summary>
    [GeneratedRegex(@"^[^\s./\\:*?""<>|\p{C}][^/\\:*?""<>|\p{C}]{0,63}\z")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[^\s,\p{C}]{1,64}\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[0-9A-Fa-f]{64}\z")]
    private static partial Regex Sha256();
}
