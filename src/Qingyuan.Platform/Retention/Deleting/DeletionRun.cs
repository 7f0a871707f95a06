using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Retention.Deleting;

/// <summary>
/// Does what two persons have said: for each month first writes down what stood for it, then removes it. Cut off anywhere it goes on at the same month; what explains the gap is
/// always there before the gap is.
/// </summary>
internal sealed class DeletionRun(IDatabase database, ITelemetryMonths months, DeletionRules rules, IElectronicLedger ledger, Organisation organisation, TimeProvider clock) : IDueScan, IDisposable
{
    private const int FilesAnEntry = 150;

    private readonly SemaphoreSlim _one = new(1);

    public string Name => "retention-deletions";

    /// <summary>Called before and after each month goes; tests cut it off there.</summary>
    internal Action<string>? At { get; set; }

    public async Task ScanAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            foreach (var row in await OpenAsync(ct))
            {
                if (row.State is DeletionState.Approved) await DoAsync(row, ct);
                else if (row.RequestedAt + IDeletions.Patience <= clock.GetUtcNow()) await EndAsync(row, DeletionState.Lapsed, "lapsed", null, ct);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<List<DeletionRow>> OpenAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return await DeletionDesk.Open(db).OrderBy(row => row.RequestedAt).ToListAsync(ct);
    }

    private async Task DoAsync(DeletionRow row, CancellationToken ct)
    {
        if (!DeletionMonths.Period(row.Class, MonthName.Of(row.FromMonth), MonthName.Of(row.ToMonth)).TryGet(out var period, out _)) return;
        for (var i = 0; i < row.MonthList.Count; i++)
            if (!await DoAsync(row, period.Kind, i, ct)) return;
        await EndAsync(row, DeletionState.Done, "done", null, ct);
    }

    /// <returns>False when the deletion ended before this month, or waits for the next scan.</returns>
    private async Task<bool> DoAsync(DeletionRow row, TelemetryClass kind, int index, CancellationToken ct)
    {
        var list = row.MonthList.ToList();
        var name = list[index].Month;
        _ = MonthName.TryParse(name, out var month);
        if (list[index].Through is not null) return true; // what came since is new
        if (await months.DescribeAsync(kind, month, ct) is { } content)
        {
            // Asked again before each month, written down or not: a hold that came meanwhile saves what is still there.
            if (await ForbidsAsync(row.Class, month, content, ct) is { } refusal)
            {
                // What was only written down is no gap, and is looked at like any other month.
                if (list[index].Content?.Items == content.Items) list[index] = list[index] with { Content = null };
                row.MonthList = list;
                await EndAsync(row, DeletionState.Stopped, "stopped", refusal.Code, ct);
                return false;
            }

            if (list[index].Content is null)
            {
                list[index] = list[index] with { Content = content, Bytes = content.Bytes, Items = content.Items };
                await WriteDownAsync(row, list, content, ct);
            }

            At?.Invoke("written-down " + name);
        }
        else if (list[index].Content is null) return true; // another deletion took it

        if (await months.DeleteAsync(kind, month, ct) is not { } through) return false; // a backup is being taken, or months become cold
        list[index] = list[index] with { Through = through };
        At?.Invoke("gone " + name);
        await WriteDownAsync(row, list, null, ct);
        return true;
    }

    private async Task<Refusal?> ForbidsAsync(DataClass dataClass, int month, MonthContent content, CancellationToken ct)
    {
        await using var db = database.Read();
        return await rules.ForbidsAsync(db, dataClass, month, month, ct) ?? await rules.ForbidsAsync(db, dataClass, content.Month, content.NewestReceipt, ct);
    }

    /// <summary>How far it came, in the table; what stood for a month, before it goes, in the ledger too.</summary>
    private async Task WriteDownAsync(DeletionRow row, List<DeletionMonth> list, MonthContent? content, CancellationToken ct)
    {
        row.MonthList = list;
        await database.WriteAsync(
            async (db, token) =>
            {
                (await db.Set<DeletionRow>().SingleAsync(each => each.Id == row.Id, token)).Months = row.Months;
                foreach (var body in content is null ? [] : Gone(row, content)) ledger.Record(db, new("retention.deletion.month", $"deletion:{row.Id}", null, null, Actor.Service("retention", organisation.Code), clock.GetUtcNow(), body));
                return true;
            },
            ct);
    }

    private Task<bool> EndAsync(DeletionRow row, DeletionState state, string act, string? why, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var own = await db.Set<DeletionRow>().SingleAsync(each => each.Id == row.Id, token);
            if (own.State != row.State) return false; // another node was faster
            var now = clock.GetUtcNow();
            (own.State, own.Why, own.Months) = (state, why, row.Months);
            if (state is DeletionState.Done) own.DoneAt = now;
            var body = DeletionDesk.Body(own);
            if (own.DecidedBy is { } second) body["approvedBy"] = second;
            if (why is not null) body["why"] = why;
            body["gone"] = DeletionDesk.Text(own.MonthList.Count(month => month.Content is not null));
            ledger.Record(db, new("retention.deletion." + act, $"deletion:{own.Id}", null, null, Actor.Service("retention", organisation.Code), now, body));
            return true;
        },
        ct);

    /// <summary>An entry holds about 64 KB, so a month of very many files takes several.</summary>
    private static IEnumerable<JsonObject> Gone(DeletionRow row, MonthContent month) => month.Files.Chunk(FilesAnEntry).Select(files => new JsonObject
    {
        ["class"] = AlarmTexts.Code(row.Class), ["month"] = month.Month, ["bytes"] = DeletionDesk.Text(month.Bytes), ["items"] = DeletionDesk.Text(month.Items), ["requestedBy"] = row.RequestedBy, ["approvedBy"] = row.DecidedBy!,
        ["files"] = new JsonArray([.. files.Select(file => (JsonNode)new JsonObject { ["name"] = file.Name, ["bytes"] = DeletionDesk.Text(file.Bytes), ["sha256"] = file.Sha256 })]),
        ["chain"] = new JsonArray([.. month.Stretches.Take(FilesAnEntry).Select(part => (JsonNode)new JsonObject { ["before"] = part.Before, ["last"] = part.After, ["lastBatch"] = DeletionDesk.Text(part.LastBatch) })]),
    });
}
