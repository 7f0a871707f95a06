using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Twins;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>What a twin that begins must know: newest frames, open causes, hours that may not have been judged.</summary>
internal sealed class TwinMemories(ITelemetryReader reader, IDerivedStore derived, ITwinSignals signals, DeviceMemories devices, TwinOptions options, ILogger<TwinMemories> log)
{
    public async Task<TwinState> RecallAsync(int stationNo, TwinSettings settings, Moment now, CancellationToken ct)
    {
        var recent = await RecentAsync(stationNo, now, ct);
        var memory = await MemoryAsync(stationNo, settings, recent.Count > 0 || await SentAnythingAsync(stationNo, now, ct), now, ct);
        log.TwinBegins(stationNo, recent.Count, memory.Causes.Count, memory.HoursToJudge.Count);
        return TwinRestart.Begin(recent, memory, now, settings);
    }

    // Back from the newest value the station sent, not from now: a station that was off keeps its last picture.
    private async Task<IReadOnlyList<TwinReport>> RecentAsync(int stationNo, Moment now, CancellationToken ct)
    {
        var latest = await reader.LatestAsync(stationNo, ct);
        // A stamp far ahead is a wrong clock; the last true picture lies before it.
        var newest = latest.Select(value => value.SampledAt).Where(at => at <= now.Wall + TwinThresholds.Default.AheadWithin).DefaultIfEmpty(now.Wall).Max();
        var (from, to) = (newest.AddMinutes(-options.RestartMinutes), (newest > now.Wall ? newest : now.Wall).AddMinutes(1));
        var realtime = await reader.ReadAllAsync(stationNo, Resolution.Realtime, from, to, ct);
        var minutes = await reader.ReadAllAsync(stationNo, Resolution.Minute, from, to, ct);
        return [.. realtime.Concat(minutes).OrderBy(frame => frame.DataTime).ThenBy(frame => frame.Frame).Select(TwinShapes.Report)];
    }

    // A logger that sends minute data alone may have been silent for longer than the frames told again reach back.
    private async Task<bool> SentAnythingAsync(int stationNo, Moment now, CancellationToken ct) =>
        (await reader.ReadAllAsync(stationNo, Resolution.Minute, now.Wall.AddHours(-options.RestartHours), now.Wall, ct)).Count > 0;

    private async Task<TwinMemory> MemoryAsync(int stationNo, TwinSettings settings, bool hasData, Moment now, CancellationToken ct)
    {
        var open = await signals.OpenAsync(stationNo, ct);
        var thisHour = now.Wall.Date.AddHours(now.Wall.Hour);
        var from = thisHour.AddHours(-options.RestartHours);
        var hours = await derived.ReadAsync(stationNo, Resolution.Hour, from, thisHour.AddHours(1), ct);
        var days = await derived.ReadAsync(stationNo, Resolution.Day, from.Date, thisHour.AddHours(1), ct);
        var judged = hours.Select(hour => hour.Start).ToHashSet();
        var newest = hours.Count == 0 ? (DateTime?)null : judged.Max();
        // Before the first judged hour nothing was missed; a station that never sent anything has nothing to judge.
        var first = hours.Count == 0 ? from : judged.Min();
        DateTime[] waiting = hasData ? [.. Hours(first, thisHour).Where(hour => !judged.Contains(hour) || hour == newest)] : [];
        var causes = open.DistinctBy(signal => signal.Cause).ToDictionary(signal => signal.Cause, signal => new OpenCause(signal.Since, signal.Factor));
        var (states, marks) = await devices.RecallAsync(stationNo, settings, ct);
        return new(causes, Leak(open), waiting, hasData ? [thisHour.Date.AddDays(-1), thisHour.Date] : [], newest, days.Count == 0 ? null : days.Max(day => day.Start)) { Devices = states, Marks = marks };
    }

    private static LeakTrack? Leak(IReadOnlyList<OpenSignal> open) =>
        open.FirstOrDefault(signal => signal.Cause == "leak") is { } leak && WireNumber.Parse(leak.Args.GetValueOrDefault("oxygenBefore")) is { } before
            ? new(before.Value, [.. (leak.Args.GetValueOrDefault("factors") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            : null;

    private static IEnumerable<DateTime> Hours(DateTime from, DateTime through)
    {
        for (var hour = from; hour <= through; hour = hour.AddHours(1)) yield return hour;
    }
}
