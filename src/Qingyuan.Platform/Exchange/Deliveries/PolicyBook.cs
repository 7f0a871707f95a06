using System.Globalization;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>The policy in words: what forwarding does at once and what deliveries do at their times, as one table.</summary>
internal sealed class PolicyBook(IForwarding forwarding, IDeliveries deliveries, TimeProvider clock) : IExchangePolicy
{
    private static readonly string[] Columns = ["name", "recipient", "kind", "purpose", "stations", "data", "form", "interval", "hand-over", "state", "version", "changed-by", "changed-at"];

    public async Task<IReadOnlyList<PolicyRule>> RulesAsync(CancellationToken ct) =>
        [.. (await forwarding.ListAsync(ct)).Select(Rule), .. (await deliveries.ListAsync(null, ct)).Select(Rule)];

    public async Task<Stream> FileAsync(string format, CancellationToken ct)
    {
        var file = new MemoryStream();
        var now = StationClock.Wall(clock.GetUtcNow()).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        await TableFiles.WriteAsync(
            format, [.. Columns.Select(name => (ExchangeTexts.PolicyColumn(name), "text"))], (await RulesAsync(ct)).Select(Cells), [(ExchangeTexts.PolicyColumn("title"), $"{now} +08:00")], file, ct);
        file.Position = 0;
        return file;
    }

    private static string?[] Cells(PolicyRule rule) =>
    [
        rule.Name, rule.Recipient, rule.Kind, rule.Purpose, rule.Stations, rule.Data, rule.Form, rule.Interval, rule.HandOver, rule.State, rule.Version?.ToString(CultureInfo.InvariantCulture), rule.ChangedBy,
        rule.ChangedAt is { } at ? StationClock.Wall(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : null,
    ];

    private static PolicyRule Rule(TargetView target) => new(
        target.Name, target.Name, ExchangeTexts.Kind(target.Kind), target.Consent?.FileName ?? "", string.Join(' ', target.Stations.Select(station => station.Mn)), "CN " + string.Join(' ', target.Commands),
        target.ByteExact ? ExchangeTexts.Word("frames-exact") : $"HJ 212-{target.Edition}", ExchangeTexts.Word("at-once"), $"{target.Host}:{target.Port}{(target.Tls ? " TLS" : "")}", ExchangeTexts.Phase(target.Phase),
        null, null, null, null);

    private static PolicyRule Rule(DeliveryView view)
    {
        var rule = view.Rule;
        return new(
            view.Name, $"{rule.Recipient} ({rule.Organisation})", ExchangeTexts.Kind(rule.Kind), rule.Purpose ?? "", ExchangeTexts.Stations(rule), ExchangeTexts.Data(rule), ExchangeTexts.Form(rule.Form), ExchangeTexts.Interval(rule),
            ExchangeTexts.HandOver(rule), ExchangeTexts.State(view), view.Version, view.ChangedBy, view.ChangedAt, view);
    }
}
