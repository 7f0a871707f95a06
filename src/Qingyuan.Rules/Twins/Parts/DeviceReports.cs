using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Alarms.Conditions;

namespace Qingyuan.Rules.Twins.Parts;

/// <summary>Field information and states of treatment units (2021, 3020, 2081).</summary>
internal static class DeviceReports
{
    public static void Apply(TwinTurn turn, TwinReport report)
    {
        if (report.Fields.Count == 0) return;
        var at = report.DataTime ?? report.Built ?? report.Received.Wall;
        string? factor = null;
        foreach (var (name, value) in report.Fields)
        {
            if (name == "PolId") factor = value;
            else if (name == "RestartTime") turn.Add(new StateChange("logger.restart", at, null, new Dictionary<string, string> { ["restartTime"] = value }, report.Frame));
            else if (Code(name) is { } code) State(turn, report, code, factor, value, at);
        }
    }

    // SB1-RS keeps its name; i12001-Info is the state i12001.
    private static string? Code(string name) => name switch
    {
        ['S', 'B', ..] when name.EndsWith("-RS", StringComparison.Ordinal) => name,
        ['i', ..] when name.EndsWith("-Info", StringComparison.Ordinal) => name[..^5],
        _ => null,
    };

    private static void State(TwinTurn turn, TwinReport report, string code, string? factor, string value, DateTime at)
    {
        var key = factor is null ? code : $"{code}:{factor}";
        var changed = turn.State.Devices.GetValueOrDefault(key) != value;
        if (changed) turn.State = turn.State with { Devices = turn.State.Devices.SetItem(key, value) };
        if (DeviceStates.Read(code, value) is not { } meaning || !changed) return;
        var device = factor is null ? code : turn.Settings.Factor(factor).Device;
        turn.Add(new StateChange("device.state", at, device, new Dictionary<string, string> { ["name"] = code, ["state"] = value, ["factor"] = factor ?? "" }, report.Frame));
        turn.Set(meaning.IsFault, new(
            SignalKind.DeviceFault, "device-state:" + key, SignalSeverity.Warning, factor, SignalMessages.DeviceFault, DeviceStates.Id,
            ("device", device), ("name", code), ("state", value)), at, report.Frame);
        if (meaning.State is { } state) Marks.FromDevice(turn, report.Frame, key, state, Affected(turn, factor), at);
    }

    // Only what the analyser measures; when the frame names no factor, only a station with one analyser knows which.
    private static string[] Affected(TwinTurn turn, string? factor)
    {
        var analysers = turn.Settings.Factors.Where(each => each.Analyser is not null).Select(each => each.Analyser).Distinct().ToArray();
        var device = factor is not null ? turn.Settings.Factor(factor).Device : analysers.Length == 1 ? analysers[0] : null;
        return [.. turn.Settings.Factors.Where(each => each.Device == device).Select(each => each.Code)];
    }
}
