using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Rules.Exchange;
using Form = Qingyuan.Platform.Exchange.Contracts.DeliveryForm;

namespace Qingyuan.Console.Exchange;

/// <summary>A delivery as the screen edits it: stations and factors as words.</summary>
public sealed class DeliveryForm
{
    private static readonly char[] Between = [' ', '\n', '\r', '\t', ',', '，', ';', '；'];

    public string Name { get; set; } = "";

    public string Recipient { get; set; } = "";

    public string Organisation { get; set; } = "";

    public RecipientKind Kind { get; set; } = RecipientKind.Regulator;

    public string Purpose { get; set; } = "";

    public StationChoice Choice { get; set; } = StationChoice.Listed;

    public string Stations { get; set; } = "";

    public string Discharger { get; set; } = "";

    public string Factors { get; set; } = "";

    public HashSet<DeliveryData> Data { get; } = [DeliveryData.Hour];

    public Form As { get; set; } = Form.Csv;

    public DeliveryInterval Every { get; set; } = DeliveryInterval.Daily;

    public TimeOnly At { get; set; } = new(2, 0);

    public int? Day { get; set; } = 1;

    public HandOver HandOver { get; set; } = HandOver.Kept;

    public string Folder { get; set; } = "";

    public string Address { get; set; } = "";

    public string CertificateSha256 { get; set; } = "";

    public string Secret { get; set; } = "";

    public bool RemoveSecret { get; set; }

    /// <summary>Null for the period that runs now.</summary>
    public DateOnly? From { get; set; }

    public bool Enabled { get; set; } = true;

    public static DeliveryForm Of(DeliveryView view)
    {
        var rule = view.Rule;
        var form = new DeliveryForm
        {
            Name = view.Name, Recipient = rule.Recipient, Organisation = rule.Organisation, Kind = rule.Kind, Purpose = rule.Purpose ?? "", Choice = rule.Choice, Stations = string.Join('\n', rule.Stations),
            Discharger = rule.Discharger ?? "", Factors = string.Join(' ', rule.Factors), As = rule.Form, Every = rule.Every, At = rule.At, Day = rule.Day ?? 1,
            HandOver = rule.HandOver, Folder = rule.Folder ?? "", Address = rule.Address ?? "", CertificateSha256 = rule.CertificateSha256 ?? "", Enabled = rule.Enabled,
        };
        form.Data.Clear();
        form.Data.UnionWith(rule.Data);
        return form;
    }

    public DeliveryDraft ToDraft()
    {
        var rule = new DeliveryRule(
            Recipient.Trim(), Organisation.Trim(), Kind, Purpose, Choice, Words(Stations), Given(Discharger), Words(Factors), [.. Data.Order()], As, Every, At, Day, HandOver, Given(Folder), Given(Address), Given(CertificateSha256), Enabled);
        return new(Name.Trim(), rule, RemoveSecret ? "" : Given(Secret), From is { } day ? StationClock.Instant(day.ToDateTime(default)) : null);
    }

    private static string? Given(string text) => text.Trim() is { Length: > 0 } given ? given : null;

    private static string[] Words(string text) => text.Split(Between, StringSplitOptions.RemoveEmptyEntries);
}
