using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Twins;
using Qingyuan.Rules.Validity;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>What devices said last, and the marks they opened: recalled from the ledger, where each change stands.</summary>
internal sealed class DeviceMemories(ILedgerReader ledger)
{
    /// <summary>Changes looked back upon; a state or mark older than so many changes comes again with the next report.</summary>
    private const int Newest = 200;

    /// <summary>A station with fewer entries than this is read at once.</summary>
    private const int Few = 500;

    public async Task<(IReadOnlyDictionary<string, string> States, IReadOnlyList<DraftMark> Marks)> RecallAsync(int stationNo, TwinSettings settings, CancellationToken ct)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        var changedAt = new Dictionary<string, DateTime>(StringComparer.Ordinal);
        var all = await AllAsync(stationNo, ct);
        foreach (var entry in await ReadAsync(stationNo, all, "device.state", ct))
            if (states.TryAdd(Key(entry.Body), Text(entry.Body, "state"))) changedAt[Key(entry.Body)] = StationClock.Wall(entry.At);
        var marks = Open(await ReadAsync(stationNo, all, "mark.", ct)).Select(mark => Ended(mark, states, changedAt, settings)).ToList();
        foreach (var kind in (string[])["device.parameter", "device.identity"])
        foreach (var entry in await ReadAsync(stationNo, all, kind, ct))
            states.TryAdd(kind is "device.parameter" ? Key(entry.Body) : Text(entry.Body, "name"), Text(entry.Body, "value"));
        foreach (var entry in await ReadAsync(stationNo, all, "qc.check", ct))
            states.TryAdd($"check:{Text(entry.Body, "factor")}:{Text(entry.Body, "test")}", $"{Text(entry.Body, "verdict")} {Text(entry.Body, "error")} %");
        return (states, marks);
    }

    /// <summary>Everything the ledger knows of the station; null when that is much.</summary>
    private async Task<IReadOnlyList<LedgerEntryView>?> AllAsync(int stationNo, CancellationToken ct) =>
        await ledger.ListAsync(new(StationNo: stationNo, Limit: Few), ct) is { Next: null } page ? page.Items : null;

    private async Task<IReadOnlyList<LedgerEntryView>> ReadAsync(int stationNo, IReadOnlyList<LedgerEntryView>? all, string kind, CancellationToken ct) => all is not null
        ? [.. all.Where(entry => entry.Kind.StartsWith(kind, StringComparison.Ordinal)).Take(Newest)]
        : (await ledger.ListAsync(new(KindPrefix: kind, StationNo: stationNo, Limit: Newest), ct)).Items;

    // Newest first: a mark's end is met before its beginning. Marks from flags come back with the frames told again.
    private static IEnumerable<DraftMark> Open(IReadOnlyList<LedgerEntryView> entries)
    {
        var closed = new HashSet<(string, string, string)>();
        foreach (var entry in entries)
        {
            var (source, from, mark) = (Text(entry.Body, "source"), Text(entry.Body, "from"), Text(entry.Body, "mark"));
            if (source.StartsWith("flag:", StringComparison.Ordinal)) continue;
            if (entry.Kind == "mark.close") closed.Add((source, from, mark));
            else if (!closed.Contains((source, from, mark)) && DateTime.TryParse(from, CultureInfo.InvariantCulture, out var since))
                yield return new(mark, Text(entry.Body, "factors").Split(' ', StringSplitOptions.RemoveEmptyEntries), since, source, null);
        }
    }

    // The state may have changed after the mark was opened and before the stop: then it ends when it would have.
    private static DraftMark Ended(DraftMark mark, Dictionary<string, string> states, Dictionary<string, DateTime> changedAt, TwinSettings settings) =>
        states.TryGetValue(mark.Source, out var state) && DeviceStates.Read(mark.Source.Split(':')[0], state)?.State is { } now && Letter(now) != mark.Mark
            ? mark with { EndsAt = changedAt[mark.Source] + settings.Thresholds.MarkSettling }
            : mark;

    private static string? Letter(DataState state) => state is DataState.Normal ? null : DataMarks.Letter(state);

    private static string Key(JsonObject body) => Text(body, "factor") is { Length: > 0 } factor ? $"{Text(body, "name")}:{factor}" : Text(body, "name");

    private static string Text(JsonObject body, string name) => body[name]?.GetValue<string>() ?? "";
}
