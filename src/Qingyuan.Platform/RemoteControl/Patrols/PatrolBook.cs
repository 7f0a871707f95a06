using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.RemoteControl.Wire;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Operations;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Patrols;

/// <summary>Begins patrols, ends them with their report, keeps plans.</summary>
internal sealed class PatrolBook(
    IDatabase database, IElectronicLedger ledger, IRemoteControl remote, IStationParameters parameters, PatrolReport report, IStationDirectory stations, IEventStream events, Organisation organisation, TimeProvider clock) : IPatrols
{
    /// <summary>Rule that reads by itself.</summary>
    public static readonly RuleId Rule = new("REMOTE-PATROL", "1");

    /// <summary>A patrol waits no longer for devices: what did not answer is a remark.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public async Task<IReadOnlyList<PatrolView>> ListAsync(int stationNo, int limit, CancellationToken ct)
    {
        await using var db = database.Read();
        return [.. (await db.Set<PatrolRow>().Where(row => row.StationNo == stationNo).OrderByDescending(row => row.Id).Take(Math.Clamp(limit, 1, 100)).ToListAsync(ct)).Select(row => row.ToView())];
    }

    public async Task<Result<PatrolView>> BeginAsync(int stationNo, Actor actor, CancellationToken ct)
    {
        if (stations.InUse(stationNo) is not { } station) return stations.NotInUse(stationNo, "command.station-unknown");
        var now = clock.GetUtcNow();
        var row = new PatrolRow { Id = Guid.CreateVersion7(now), StationNo = stationNo, AskedBy = actor.Id, StartedAt = now };
        try
        {
            await database.WriteAsync((db, _) => Task.FromResult(db.Add(row)), ct);
        }
        catch (DbUpdateException error) when (database.IsUniqueViolation(error))
        {
            return new Refusal("patrol.running");
        }

        var (asked, refused) = await AskAsync(station, row.Id, ct);
        (row.Commands, row.Items) = (JsonSerializer.Serialize(asked), JsonSerializer.Serialize(refused));
        await database.WriteAsync((db, token) => db.Set<PatrolRow>().Where(each => each.Id == row.Id && each.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(each => each.Commands, row.Commands).SetProperty(each => each.Items, row.Items), token), ct);
        return row.ToView();
    }

    public async Task<TimeOnly?> PlanAsync(int stationNo, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<PatrolPlanRow>().Where(row => row.StationNo == stationNo).Select(row => (TimeOnly?)row.DailyAt).SingleOrDefaultAsync(ct);
    }

    public async Task<Refusal?> PlanAsync(int stationNo, TimeOnly? dailyAt, Actor actor, CancellationToken ct)
    {
        if (actor.Role is not (OrderRoles.Dispatcher or OrderRoles.QcManager)) return new Refusal("command.not-yours", "patrol", actor.Role);
        return await database.WriteAsync<Refusal?>(async (db, token) =>
        {
            var row = await db.Set<PatrolPlanRow>().SingleOrDefaultAsync(each => each.StationNo == stationNo, token);
            if (dailyAt is null && row is not null) db.Remove(row);
            else if (dailyAt is { } at && row is not null) (row.DailyAt, row.SetBy) = (at, actor.Id);
            else if (dailyAt is { } first) db.Add(new PatrolPlanRow { StationNo = stationNo, DailyAt = first, SetBy = actor.Id });
            var body = new JsonObject { ["dailyAt"] = dailyAt?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "off" };
            ledger.Record(db, new("om.patrol.plan", "station:" + stations.Get(stationNo)?.Mn, stationNo, null, actor, clock.GetUtcNow(), body));
            return null;
        }, ct);
    }

    /// <summary>Ends patrols whose readings have ended, or that waited long enough.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        List<PatrolRow> open;
        await using (var db = database.Read()) open = await db.Set<PatrolRow>().Where(row => row.EndedAt == null).ToListAsync(ct);
        foreach (var row in open)
        {
            var readings = new List<CommandView>();
            foreach (var id in JsonSerializer.Deserialize<List<Guid>>(row.Commands) ?? [])
                if (await remote.FindAsync(id, ct) is { } reading) readings.Add(reading);
            // A patrol that was begun and not yet asked, because the process ended between, ends without readings.
            if (readings.Any(reading => reading.EndedAt is null) && clock.GetUtcNow() - row.StartedAt < Longest) continue;
            if (readings.Count is 0 && clock.GetUtcNow() - row.StartedAt < TimeSpan.FromSeconds(5)) continue;
            if (stations.Get(row.StationNo) is { } station) await ReportAsync(row, station, await report.ItemsAsync(station, readings, ct), ct);
        }
    }

    /// <summary>What was asked, and what could not be: that is found too.</summary>
    private async Task<(List<Guid> Asked, List<PatrolItem> Refused)> AskAsync(StationInfo station, Guid patrol, CancellationToken ct)
    {
        List<(string Operation, Dictionary<string, string> Parameters)> readings = [("read-clock", [])];
        foreach (var analyser in station.Factors.Where(factor => factor.Analyser is not null).DistinctBy(factor => factor.Analyser)) readings.Add(("read-information", new() { ["infoId"] = "i12001", [OperationCatalogue.Factor] = analyser.Code }));
        foreach (var filed in (await parameters.ListAsync(station.StationNo, ct)).Where(each => each.Filed is not null))
        {
            var given = new Dictionary<string, string> { ["infoId"] = filed.Code };
            if (filed.Factor.Length > 0) given[OperationCatalogue.Factor] = filed.Factor;
            readings.Add(("read-information", given));
        }

        var (asked, refused) = (new List<Guid>(), new List<PatrolItem>());
        foreach (var ((operation, given), number) in readings.Select((reading, number) => (reading, number)))
        {
            if ((await remote.StartAsync(new(station.StationNo, operation, given, Rule.ToString(), null), Rule.ToString(), $"patrol:{patrol:N}:{number}", ct)).TryGet(out var command, out var why)) asked.Add(command.Id);
            // What the station's edition has no word for is no fault of its devices.
            else refused.Add(new("patrol." + operation, string.Join(' ', given.Values), why.Code, why.Code is OperationFrames.NoWire, null));
        }

        return (asked, refused);
    }

    private Task<bool> ReportAsync(PatrolRow open, StationInfo station, IReadOnlyList<PatrolItem> items, CancellationToken ct) => database.WriteAsync(async (db, token) =>
    {
        if (await db.Set<PatrolRow>().SingleOrDefaultAsync(row => row.Id == open.Id && row.EndedAt == null, token) is not { } row) return false;
        row.EndedAt = clock.GetUtcNow();
        items = [.. items, .. row.ToView().Items];
        row.Items = JsonSerializer.Serialize(items);
        var body = new JsonObject
        {
            ["askedBy"] = row.AskedBy, ["rule"] = Rule.ToString(), ["remarks"] = items.Count(item => !item.IsFine).ToString(CultureInfo.InvariantCulture),
            ["items"] = new JsonArray([.. items.Select(item => (JsonNode?)$"{(item.IsFine ? "ok" : "remark")} {item.Code} {item.Subject}: {item.Found}")]),
        };
        row.LedgerEntryId = ledger.Record(db, new("om.patrol.report", "station:" + station.Mn, station.StationNo, null, Actor.Service("remote-patrol", organisation.Code), row.EndedAt.Value, body));
        events.Publish(db, "patrol.ended", station.StationNo, new { row.Id, row.StationNo });
        return true;
    }, ct);
}
