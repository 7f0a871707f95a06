using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Commands;

/// <summary>Gathers what the preconditions look at: the twin, the open exceedances, what runs and what was sent lately.</summary>
internal sealed class StationFactsReader(IGrainFactory grains, IAlarmDesk alarms, IFieldLines lines, IDatabase database, TimeProvider clock)
{
    private const string WorkingState = "i12001";

    public async Task<(StationFacts Facts, StationSnapshot Snapshot)> ReadAsync(StationInfo station, string slot, Guid? except, CancellationToken ct)
    {
        var snapshot = await grains.GetGrain<IStationTwin>(station.StationNo).SnapshotAsync();
        var exceedances = await alarms.ListAsync(new(station.StationNo, OpenOnly: true, AlarmKind.Exceedance, Limit: 1), null, ct);
        await using var db = database.Read();
        var mine = db.Set<CommandRow>().Where(row => row.StationNo == station.StationNo);
        var now = clock.GetUtcNow();
        var (hourAgo, today) = (now.AddHours(-1), StationClock.Instant(StationClock.Wall(now).Date));
        var running = await mine.Where(row => row.Slot != null && (row.Slot == slot || row.Slot == RequestCommand.Logger || slot == RequestCommand.Logger) && row.Id != except).Select(row => row.Operation).FirstOrDefaultAsync(ct);
        var sent = await mine.CountAsync(row => row.SentAt >= hourAgo, ct);
        var measured = await mine.CountAsync(row => row.SentAt >= today && row.Operation == "measure", ct);
        var linked = snapshot.Link is Liveness.Live || lines.IsLinked(station.StationNo);
        return (new(linked, running, exceedances.Items.Count > 0, Beside(station, snapshot), snapshot.DeviceStates.GetValueOrDefault(WorkingState), sent, measured), snapshot);
    }

    /// <summary>Newest values beside their upper limits, on the basis of each. A range (pH) has no share: leaving it is an exceedance.</summary>
    private static List<FactorFacts> Beside(StationInfo station, StationSnapshot snapshot)
    {
        var beside = new List<FactorFacts>();
        foreach (var factor in station.Factors)
        {
            if (factor.Limit is not { Upper: { } upper, Lower: null } limit) continue;
            var state = snapshot.Factors.FirstOrDefault(each => each.Factor == factor.Code);
            var text = limit.Basis is LimitBasis.HourlyConverted ? state?.Converted ?? state?.Text : state?.Text;
            // Of a limit that switches with water temperature the stricter one: nobody may calibrate his way past the season.
            if (WireNumber.Parse(text) is { } value) beside.Add(new(factor.Code, value.Value, Math.Min(upper, limit.ColdUpper ?? upper)));
        }

        return beside;
    }

    /// <summary>What the analyser of a factor shows now, as a record keeps it.</summary>
    public static Dictionary<string, string> Shows(StationSnapshot snapshot, string? factor)
    {
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        if (factor is null || snapshot.Factors.FirstOrDefault(each => each.Factor == factor) is not { } state) return shown;
        if (state.Text is { } text) shown["value"] = text;
        if (state.Flag is { } flag) shown["flag"] = flag;
        if (state.SampledAt is { } at) shown["sampledAt"] = at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        if (state.FrameId is { } frame) shown["frame"] = frame;
        return shown;
    }
}
