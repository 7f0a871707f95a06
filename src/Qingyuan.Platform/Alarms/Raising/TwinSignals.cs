using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Alarms;

namespace Qingyuan.Platform.Alarms.Raising;

/// <summary>The twin's door to the alarm desk. Members of the enums bear the same names in the rules and here.</summary>
internal sealed class TwinSignals(IAlarmDesk desk) : ITwinSignals
{
    private const int MoreThanCausesThereAre = 500;

    public Task HandleAsync(int stationNo, Signal signal, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return desk.HandleAsync(
            new(stationNo, Enum.Parse<AlarmKind>(signal.Kind.ToString()), signal.Cause, Enum.Parse<AlarmSeverity>(signal.Severity.ToString()), signal.Active, signal.Since,
                signal.Factor, signal.MessageCode, signal.Args, signal.Rule, signal.Frame), ct);
    }

    public async Task<IReadOnlyList<OpenSignal>> OpenAsync(int stationNo, CancellationToken ct)
    {
        var open = await desk.ListAsync(new(stationNo, OpenOnly: true, Limit: MoreThanCausesThereAre), null, ct);
        return [.. open.Items.Select(alarm => new OpenSignal(alarm.Cause, alarm.Since, alarm.Factor, alarm.Args))];
    }
}
