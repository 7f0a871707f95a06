using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Commands;

/// <summary>Gathers what the preconditions look at: the twin, the open exceedances, what runs and what was sent lately.</summary>
internal sealed class StationFactsReader(IStationTwins twins, IAlarmDesk alarms, IFieldLines lines, ITelemetryReader telemetry, IDatabase database, TimeProvider clock)
{
    private const string WorkingState = "i12001";

    public async Task<(StationFacts Facts, StationSnapshot Snapshot)> ReadAsync(StationInfo station, string slot, Guid? except, CancellationToken ct)
    {
        var snapshot = await twins.Of(station.StationNo).SnapshotAsync();
        var exceedances = await alarms.ListAsync(new(station.StationNo, OpenOnly: true, AlarmKind.Exceedance, Limit: 1), null, ct);
        await using var db = database.Read();
        var mine = db.Set<CommandRow>().Where(row => row.StationNo == station.StationNo);
        var now = clock.GetUtcNow();
        var (hourAgo, today) = (now.AddHours(-1), StationClock.Instant(StationClock.Wall(now).Date));
        var running = await mine.Where(row => row.Slot != null && (row.Slot == slot || row.Slot == RequestCommand.Logger || slot == RequestCommand.Logger) && row.Id != except).Select(row => row.Operation).FirstOrDefaultAsync(ct);
        var sent = await mine.CountAsync(row => row.SentAt >= hourAgo, ct);
        var measured = await mine.CountAsync(row => row.SentAt >= today && row.Operation == "measure", ct);
        var linked = snapshot.Link is Liveness.Live || lines.IsLinked(station.StationNo);
        return (new(linked, running, exceedances.Items.Count > 0, await BesideAsync(station, snapshot, StationClock.Wall(now), ct), snapshot.DeviceStates.GetValueOrDefault(WorkingState), sent, measured), snapshot);
    }

    /// <summary>Newest values and the means of the last hour beside their upper limits, on the basis of each. A range (pH) has no share: leaving it is an exceedance.</summary>
    private async Task<IReadOnlyList<FactorFacts>> BesideAsync(StationInfo station, StationSnapshot snapshot, DateTime now, CancellationToken ct)
    {
        var beside = new List<FactorFacts>();
        foreach (var factor in station.Factors)
        {
            if (factor.Limit is not { Upper: { } upper, Lower: null } limit) continue;
            var state = snapshot.Factors.FirstOrDefault(each => each.Factor == factor.Code);
            var shown = limit.Basis is LimitBasis.HourlyConverted ? state?.Converted ?? state?.Text : state?.Text;
            foreach (var text in (await LastHourAsync(station.StationNo, factor.Code, limit.Basis, now, ct)).Prepend(shown))
            {
                // Of a limit that switches with water temperature the stricter one: nobody may calibrate his way past the season.
                if (WireNumber.Parse(text) is { } value) beside.Add(new(factor.Code, value.Value, Math.Min(upper, limit.ColdUpper ?? upper)));
            }
        }

        return beside;
    }

    /// <summary>The mean as the logger reported it and as the platform computed it: a value that has just dropped must not open the door before the hour it stands for is over.</summary>
    private async Task<List<string?>> LastHourAsync(int stationNo, string factor, LimitBasis basis, DateTime now, CancellationToken ct)
    {
        var last = now.Date.AddHours(now.Hour - 1);
        var means = new List<string?>();
        foreach (var derived in new[] { false, true })
        {
            var rows = await telemetry.ReadAsync(new(stationNo, factor, last, now, Resolution.Hour, derived), ct);
            means.AddRange(rows.Select(row => basis is LimitBasis.HourlyConverted ? row.Converted ?? row.Value : row.Value));
        }

        return means;
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
