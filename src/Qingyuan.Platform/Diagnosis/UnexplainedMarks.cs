using System.Text.Json.Nodes;
using Qingyuan.Platform.Diagnosis.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Rules.Diagnosis;

namespace Qingyuan.Platform.Diagnosis;

/// <summary>Marks that devices set, beside what was done at their stations: those that nothing explains.</summary>
internal sealed class UnexplainedMarks(ILedgerReader ledger, IDataMarks marks)
{
    private const int Page = 500;

    public async Task<IReadOnlyList<FindingView>> ListAsync(FindingQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        var opened = (await ReadAsync("mark.open", query, scope, ct)).Where(entry => entry.StationNo is not null && MarkExplanation.AsksFor(Text(entry.Body, "mark"))).ToList();
        if (opened.Count is 0) return [];
        var checks = (await ReadAsync("qc.check", query, scope, ct)).ToLookup(entry => entry.StationNo, entry => StationClock.Wall(entry.At));
        var found = new List<FindingView>();
        foreach (var station in opened.GroupBy(entry => entry.StationNo!.Value))
        {
            var done = (await marks.ListAsync(station.Key, query.From - MarkExplanation.NearOperation, query.To + MarkExplanation.NearOperation, ct)).Select(mark => (mark.From, mark.To)).ToList();
            found.AddRange(station.Where(entry => !MarkExplanation.IsExplained(Text(entry.Body, "mark"), StationClock.Wall(entry.At), done, checks[station.Key])).Select(Of));
        }

        return found;
    }

    /// <summary>A little more than the asked time, because what explains may lie beside it.</summary>
    private async Task<List<LedgerEntryView>> ReadAsync(string kind, FindingQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        var (found, beside) = (new List<LedgerEntryView>(), kind is "mark.open" ? TimeSpan.Zero : MarkExplanation.NearCheck);
        var asked = new LedgerQuery(KindPrefix: kind, StationNo: query.StationNo, From: StationClock.Instant(query.From - beside), To: StationClock.Instant(query.To + beside), Limit: Page, Scope: scope);
        for (var page = await ledger.ListAsync(asked, ct); ; page = await ledger.ListAsync(asked with { After = page.Next }, ct))
        {
            found.AddRange(page.Items);
            if (page.Next is null) return found;
        }
    }

    private static FindingView Of(LedgerEntryView entry) => new(
        "mark-" + entry.Id, FindingKind.UnexplainedMark, entry.StationNo!.Value, Text(entry.Body, "factors").Split(' ', StringSplitOptions.RemoveEmptyEntries), StationClock.Wall(entry.At), null, null,
        Text(entry.Body, "frame") is { Length: > 0 } frame ? [frame] : [], "finding.unexplained-mark", new Dictionary<string, string> { ["mark"] = Text(entry.Body, "mark"), ["source"] = Text(entry.Body, "source") });

    private static string Text(JsonObject body, string name) => body[name]?.ToString() ?? "";
}
