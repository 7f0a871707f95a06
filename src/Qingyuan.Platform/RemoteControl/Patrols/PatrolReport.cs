using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Patrols;

/// <summary>Makes of readings and of what is known a list of items, each fine or not. Says what was found; judges by what other rules have judged already.</summary>
internal sealed class PatrolReport(ILiveFeed live, IAlarmDesk alarms, IStationParameters parameters)
{
    public async Task<IReadOnlyList<PatrolItem>> ItemsAsync(StationInfo station, IReadOnlyList<CommandView> readings, CancellationToken ct)
    {
        var items = new List<PatrolItem>();
        var snapshot = live.Latest(station.StationNo);
        items.Add(new("patrol.link", "", AlarmTexts.Code(snapshot?.Link ?? Liveness.Unknown), snapshot?.Link is Liveness.Live, null));
        items.Add(new("patrol.logger", "", AlarmTexts.Code(snapshot?.Logger ?? Liveness.Unknown), snapshot?.Logger is Liveness.Live, null));
        foreach (var factor in station.Factors) items.Add(Data(factor, snapshot));
        items.AddRange(readings.Select(Reading));
        foreach (var parameter in await parameters.ListAsync(station.StationNo, ct))
            items.Add(new("patrol.parameter", $"{parameter.Factor} {parameter.Code}".Trim(), $"{parameter.Actual ?? "-"} / {parameter.Filed ?? "-"}", parameter.Verdict is not ParameterVerdict.Differs, null));
        foreach (var alarm in (await alarms.ListAsync(new(station.StationNo, OpenOnly: true), null, ct)).Items)
            items.Add(new("patrol.alarm", AlarmTexts.Code(alarm.Kind), alarm.Cause, false, null));
        return items;
    }

    private static PatrolItem Data(FactorSetting factor, StationSnapshot? snapshot)
    {
        var state = snapshot?.Factors.FirstOrDefault(each => each.Factor == factor.Code);
        var found = state?.Text is { } text ? string.Create(CultureInfo.InvariantCulture, $"{text} {state.Flag} {state.SampledAt:yyyy-MM-dd HH:mm:ss}") : "-";
        return new("patrol.data", factor.Code, found, state is { Liveness: Liveness.Live, Verdict: "normal" }, null);
    }

    private static PatrolItem Reading(CommandView reading)
    {
        var subject = string.Join(' ', reading.Parameters.Values);
        var found = reading.Result.Count > 0 ? string.Join(' ', reading.Result.Where(each => each.Key is not "PolId").Select(each => $"{each.Key}={each.Value}")) : AlarmTexts.Code(reading.State);
        return new("patrol." + reading.Operation, subject, found, reading.State is CommandState.Done && IsClockFine(reading), reading.Id);
    }

    // The clock as the logger said it, beside ours in the moment it ended; the limit of the clock alarm is a minute and more.
    private static bool IsClockFine(CommandView reading)
    {
        if (reading.Operation is not "read-clock" || !reading.Result.TryGetValue("SystemTime", out var text)) return true;
        return DateTime.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var said)
            && reading.EndedAt is { } ended && (StationClock.Wall(ended) - said).Duration() < TimeSpan.FromMinutes(1);
    }
}
