using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Exchange;
using Qingyuan.Rules.Kernel;
using Rule = Qingyuan.Rules.Exchange.Backfill;

namespace Qingyuan.Platform.Exchange.Backfill;

/// <summary>Missing periods as people see them, and the list of another platform beside ours.</summary>
internal sealed class BackfillBook(IDatabase database, IElectronicLedger ledger, ITelemetryReader reader, IStationDirectory stations, TimeProvider clock) : IBackfill
{
    private const int LargestPage = 10_000;
    private const int LongestList = 200_000;
    private static readonly TimeSpan LongestComparison = TimeSpan.FromDays(92);
    private static readonly string[] Times = ["yyyyMMddHHmmss", "yyyyMMddHHmm", "yyyyMMddHH", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm", "yyyy-MM-dd HH"];

    public async Task<IReadOnlyList<GapView>> ListAsync(GapQuery query, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var db = database.Read();
        var rows = db.Set<GapRow>().Where(row => row.StationNo == query.StationNo && row.Start >= query.From && row.Start < query.To);
        if (query.Resolution is { } resolution) rows = rows.Where(row => row.Resolution == resolution);
        if (query.State is { } state) rows = rows.Where(row => row.State == state);
        return [.. (await rows.OrderBy(row => row.Start).ThenBy(row => row.Resolution).Take(Math.Clamp(query.Limit, 1, LargestPage)).ToListAsync(ct)).Select(row => row.ToView())];
    }

    public async Task<IReadOnlyList<GapTally>> TallyAsync(IReadOnlySet<int>? scope, CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-31);
        await using var db = database.Read();
        var counts = await db.Set<GapRow>().Where(row => row.FoundAt >= since).GroupBy(row => new { row.StationNo, row.State }).Select(group => new { group.Key.StationNo, group.Key.State, Count = group.Count() }).ToListAsync(ct);
        return
        [
            .. counts.Where(each => scope?.Contains(each.StationNo) is not false).GroupBy(each => each.StationNo, each => (each.State, each.Count))
                .Select(group => new GapTally(group.Key, Of(group, GapState.Missing), Of(group, GapState.Requested), Of(group, GapState.Filled), Of(group, GapState.Unfillable)))
                .OrderByDescending(tally => tally.Missing + tally.Requested + tally.Unfillable),
        ];

        static int Of(IEnumerable<(GapState State, int Count)> counts, GapState state) => counts.FirstOrDefault(each => each.State == state).Count;
    }

    public async Task<Result<int>> AskAgainAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, Actor actor, CancellationToken ct) =>
        stations.InUse(stationNo) is null ? stations.NotInUse(stationNo, "station.not-found") : await AskAsync(stationNo, resolution, from, to, actor, ct);

    private async Task<Result<int>> AskAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, Actor actor, CancellationToken ct) => await database.WriteAsync<Result<int>>(async (db, token) =>
    {
        var asked = await db.Set<GapRow>().Where(row => row.StationNo == stationNo && row.Resolution == resolution && row.Start >= from && row.Start < to && row.State == GapState.Unfillable).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, GapState.Missing).SetProperty(row => row.Why, (string?)null).SetProperty(row => row.Attempts, 0).SetProperty(row => row.EndedAt, (DateTimeOffset?)null), token);
        ledger.Record(db, new("om.backfill.ask-again", "station:" + stations.Get(stationNo)?.Mn, stationNo, null, actor, clock.GetUtcNow(), new JsonObject
        {
            ["resolution"] = resolution.ToString(), ["from"] = Wall(from), ["to"] = Wall(to), ["periods"] = asked.ToString(CultureInfo.InvariantCulture),
        }));
        return asked;
    }, ct);

    public async Task<Result<ListDifference>> CompareAsync(int stationNo, Resolution resolution, string list, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (stations.Get(stationNo) is not { } station) return new Refusal("command.station-unknown");
        var length = GapFinder.Length(station, resolution);
        var (there, notRead) = Read(list, length);
        if (there.Count is 0 || there.Count > LongestList || there.Max() - there.Min() > LongestComparison) return new Refusal("backfill.list-invalid", "list", LongestComparison.Days);
        var here = (await reader.ReadAllAsync(stationNo, resolution, there.Min(), there.Max() + length, ct)).Select(values => Rule.Start(values.DataTime, length)).ToHashSet();
        return new ListDifference(there.Count(here.Contains), [.. there.Where(start => !here.Contains(start)).Order()], [.. here.Where(start => !there.Contains(start)).Order()], notRead);
    }

    /// <summary>The first cell of each line that is a time; a heading is a line without one.</summary>
    private static (HashSet<DateTime> There, List<(int, string)> NotRead) Read(string list, TimeSpan length)
    {
        var (there, notRead, number) = (new HashSet<DateTime>(), new List<(int, string)>(), 0);
        foreach (var line in list.Split('\n'))
        {
            number++;
            var text = line.Trim('\r', ' ', '\ufeff');
            if (text.Length is 0) continue;
            var time = text.Split(',', ';', '\t').Select(cell => cell.Trim(' ', '"')).Select(cell => DateTime.TryParseExact(cell, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : (DateTime?)null).FirstOrDefault(at => at is not null);
            if (time is { } stamp) there.Add(Rule.Start(stamp, length));
            else if (notRead.Count < 100) notRead.Add((number, text.Length > 60 ? text[..60] : text));
        }

        return (there, notRead);
    }

    private static string Wall(DateTime wall) => wall.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
