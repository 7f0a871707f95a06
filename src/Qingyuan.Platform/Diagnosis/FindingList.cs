using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Diagnosis.Contracts;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.Diagnosis;

/// <summary>Gathers findings from their sources and pages through them by moment and id.</summary>
internal sealed class FindingList(IContradictions contradictions, IAlarmDesk alarms, IRemoteControl remote, UnexplainedMarks unexplained) : IFindings
{
    private const int LargestPage = 500;

    private static readonly (AlarmKind Alarm, FindingKind Kind)[] Kinds =
    [
        (AlarmKind.SuspectedFault, FindingKind.SuspectedFault), (AlarmKind.StuckValue, FindingKind.StuckValue), (AlarmKind.ClockSkew, FindingKind.ClockSkew),
        (AlarmKind.QualityControlFailed, FindingKind.QualityControlFailed), (AlarmKind.ParameterDiffers, FindingKind.ParameterDiffers),
    ];

    public async Task<Page<FindingView>> ListAsync(FindingQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = new List<FindingView>();
        if (Wants(query, FindingKind.Contradiction)) found.AddRange(Contradicted(await contradictions.ListAsync(query.StationNo, query.From, query.To, ct), scope));
        foreach (var (alarm, kind) in Kinds)
            if (Wants(query, kind)) await AddAlarmsAsync(found, query, alarm, kind, scope, ct);
        if (Wants(query, FindingKind.CommandWithoutTrace)) await AddCommandsAsync(found, query, scope, ct);
        if (Wants(query, FindingKind.UnexplainedMark)) found.AddRange(await unexplained.ListAsync(query, scope, ct));
        var ordered = found.OrderByDescending(Place, StringComparer.Ordinal).SkipWhile(each => query.After is { } after && string.CompareOrdinal(Place(each), after) >= 0);
        var limit = Math.Clamp(query.Limit, 1, LargestPage);
        var page = ordered.Take(limit + 1).ToList();
        return page.Count <= limit ? new(page, null) : new(page[..limit], Place(page[limit - 1]));
    }

    /// <summary>True for what a page gave as its next.</summary>
    public static bool IsPlace(string text) => text.Length > 16 && text[14] is '.' && text[..14].All(char.IsAsciiDigit);

    // Where a finding stands in the list; two of one moment are told apart by their ids.
    private static string Place(FindingView finding) => string.Create(CultureInfo.InvariantCulture, $"{finding.From:yyyyMMddHHmmss}.{finding.Id}");

    private static bool Wants(FindingQuery query, FindingKind kind) => query.Kind is null || query.Kind == kind;

    /// <summary>A frame that contradicts another one does so in many values at once: that is one finding.</summary>
    private static IEnumerable<FindingView> Contradicted(IReadOnlyList<Contradiction> all, IReadOnlySet<int>? scope) =>
        all.Where(each => scope?.Contains(each.StationNo) is not false)
            .GroupBy(each => (each.StationNo, each.Resolution, each.At, each.First, each.Second))
            .Select(group => new FindingView(
                string.Create(CultureInfo.InvariantCulture, $"contradiction-{group.Key.StationNo}-{(int)group.Key.Resolution}-{group.Key.At:yyyyMMddHHmmss}-{group.Key.Second}"),
                FindingKind.Contradiction, group.Key.StationNo, [.. group.Select(each => each.Factor).Distinct().Order(StringComparer.Ordinal)], group.Key.At, group.Key.At, null,
                [group.Key.First.ToString(), group.Key.Second.ToString()], "finding.contradiction",
                new Dictionary<string, string> { ["count"] = group.Count().ToString(CultureInfo.InvariantCulture), ["values"] = string.Join(' ', group.Select(each => $"{each.Factor}-{each.Quantity}").Order(StringComparer.Ordinal)) }));

    private async Task AddAlarmsAsync(List<FindingView> found, FindingQuery query, AlarmKind kind, FindingKind finding, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        string? after = null;
        do
        {
            var page = await alarms.ListAsync(new(query.StationNo, false, kind, LargestPage, after), scope, ct);
            found.AddRange(page.Items.Where(alarm => alarm.StationNo is not null && alarm.Since >= query.From && alarm.Since < query.To).Select(alarm => Of(alarm, finding)));
            // Alarms come newest raised first, and none is raised before its cause began.
            after = page.Items.Count > 0 && StationClock.Wall(page.Items[^1].RaisedAt) < query.From ? null : page.Next;
        }
        while (after is not null);
    }

    private static FindingView Of(AlarmView alarm, FindingKind kind) => new(
        "alarm-" + alarm.Id, kind, alarm.StationNo!.Value, alarm.Factor is { } factor ? [factor] : [], alarm.Since, alarm.Until ?? (alarm.ClearedAt is { } cleared ? StationClock.Wall(cleared) : null), alarm.Id,
        alarm.Frame is { } frame ? [frame] : [], alarm.MessageCode, alarm.Args);

    private async Task AddCommandsAsync(List<FindingView> found, FindingQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        string? after = null;
        do
        {
            var page = await remote.ListAsync(new(query.StationNo, Limit: LargestPage, After: after), scope, ct);
            found.AddRange(page.Items.Where(each => each is { State: CommandState.TimedOut, Qn: not null }).Select(Of).Where(each => each.From >= query.From && each.From < query.To));
            after = page.Items.Count > 0 && StationClock.Wall(page.Items[^1].AskedAt) < query.From ? null : page.Next;
        }
        while (after is not null);
    }

    private static FindingView Of(CommandView command) => new(
        "command-" + command.Id, FindingKind.CommandWithoutTrace, command.StationNo, command.Parameters.TryGetValue(OperationCatalogue.Factor, out var factor) ? [factor] : [], StationClock.Wall(command.AskedAt),
        command.EndedAt is { } ended ? StationClock.Wall(ended) : null, null, [.. command.Steps.Select(step => step.FrameId).OfType<string>()], "finding.command-without-trace",
        new Dictionary<string, string> { ["operation"] = RemoteControlTexts.Operation(command.Operation, null), ["qn"] = command.Qn ?? "" });
}
