using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Alarms.Conditions;

namespace Qingyuan.Rules.Twins.Parts;

/// <summary>What devices tell of themselves (2021, 2041, 2081, 3015, 3019, 3020): states, settings, logs, identities, running times, samples kept. Each change is told once; together they are the station's history.</summary>
internal static class DeviceReports
{
    public static void Apply(TwinTurn turn, TwinReport report)
    {
        if (report.Fields.Count == 0) return;
        var telling = new Telling(turn, report, report.DataTime ?? report.Built ?? report.Received.Wall);
        string? factor = null;
        foreach (var (name, value) in report.Fields)
        {
            if (name == "PolId") factor = value;
            else Tell(telling, name, factor, value);
        }
    }

    private static void Tell(Telling telling, string name, string? factor, string value)
    {
        if (name == "RestartTime") telling.Add("logger.restart", null, ("restartTime", value));
        else if (name == "VaseNo") telling.Add("sample.retained", factor, ("bottle", value));
        else if (name.EndsWith("-SN", StringComparison.Ordinal)) Identity(telling, name, name[..^3], value);
        else if (name.StartsWith("SB", StringComparison.Ordinal) && name.EndsWith("-RS", StringComparison.Ordinal)) State(telling, name, factor, value);
        else if (name.StartsWith("SB", StringComparison.Ordinal) && name.EndsWith("-RT", StringComparison.Ordinal)) telling.Add("unit.runtime", null, ("name", name), ("hours", value));
        else if (name.Length is 11 && name[0] is 'i' && name.EndsWith("-Info", StringComparison.Ordinal)) Information(telling, name[..^5], factor, value);
    }

    // i, device, kind, three characters (HJ 212-2017 6.4.2): 1 log, 2 state, 3 parameter. i12001-Info is the state i12001.
    private static void Information(Telling telling, string code, string? factor, string value)
    {
        if (code is "i23005" or "i23006" or "i23007" or "i23008") Identity(telling, code, null, value);
        else if (code[2] is '1') telling.Add("device.log", factor, ("name", code), ("text", value));
        else if (code[2] is '2') State(telling, code, factor, value);
        else if (code[2] is '3') Parameter(telling, code, factor, value);
    }

    private static void Parameter(Telling telling, string code, string? factor, string value)
    {
        if (telling.IsNews(Key(code, factor), value, out var before)) telling.Add("device.parameter", factor, ("name", code), ("before", before ?? ""), ("value", value));
    }

    private static void Identity(Telling telling, string name, string? factor, string value)
    {
        if (telling.IsNews(name, value, out var before)) telling.Add("device.identity", factor, ("name", name), ("before", before ?? ""), ("value", value));
    }

    private static void State(Telling telling, string code, string? factor, string value)
    {
        var (turn, report, at, key) = (telling.Turn, telling.Report, telling.At, Key(code, factor));
        if (!telling.IsNews(key, value, out _)) return;
        var device = factor is null ? code : turn.Settings.Factor(factor).Device;
        telling.Add("device.state", factor, ("name", code), ("state", value));
        if (DeviceStates.Read(code, value) is not { } meaning) return;
        turn.Set(meaning.IsFault, new(
            SignalKind.DeviceFault, "device-state:" + key, SignalSeverity.Warning, factor, SignalMessages.DeviceFault, DeviceStates.Id,
            ("device", device), ("name", code), ("state", value)), at, report.Frame);
        if (meaning.State is { } state) Marks.FromDevice(turn, report.Frame, key, state, Affected(turn, factor), at);
    }

    private static string Key(string code, string? factor) => factor is null ? code : $"{code}:{factor}";

    // Only what the analyser measures; when the frame names no factor, only a station with one analyser knows which.
    private static string[] Affected(TwinTurn turn, string? factor)
    {
        var analysers = turn.Settings.Factors.Where(each => each.Analyser is not null).Select(each => each.Analyser).Distinct().ToArray();
        var device = factor is not null ? turn.Settings.Factor(factor).Device : analysers.Length == 1 ? analysers[0] : null;
        return [.. turn.Settings.Factors.Where(each => each.Device == device).Select(each => each.Code)];
    }

    /// <summary>One frame that is being told.</summary>
    private sealed record Telling(TwinTurn Turn, TwinReport Report, DateTime At)
    {
        /// <summary>True when it was not so before; from now on it is.</summary>
        public bool IsNews(string key, string value, out string? before)
        {
            before = Turn.State.Devices.GetValueOrDefault(key);
            if (before == value) return false;
            Turn.State = Turn.State with { Devices = Turn.State.Devices.SetItem(key, value) };
            return true;
        }

        public void Add(string kind, string? factor, params (string Name, string Value)[] fields)
        {
            var texts = fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
            texts["factor"] = factor ?? "";
            Turn.Add(new StateChange(kind, At, factor is not null ? Turn.Settings.Factor(factor).Device : texts.GetValueOrDefault("name"), texts, Report.Frame));
        }
    }
}
