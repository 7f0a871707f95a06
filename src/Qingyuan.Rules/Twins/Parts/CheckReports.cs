using System.Globalization;
using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.QualityControl;

namespace Qingyuan.Rules.Twins.Parts;

/// <summary>Automatic checks as edition 2025 defines them (2062: SampleRd, StandardValue, ResultType), accepted from loggers of any edition.</summary>
internal static class CheckReports
{
    public static void Apply(TwinTurn turn, TwinReport report)
    {
        foreach (var (name, text) in report.Fields)
        {
            if (!name.EndsWith("-SampleRd", StringComparison.Ordinal)) continue;
            var sent = name[..^"-SampleRd".Length];
            var standard = report.Fields.FirstOrDefault(field => field.Key == sent + "-StandardValue").Value;
            if (WireNumber.Parse(text) is { } measured && WireNumber.Parse(standard) is { } expected)
                Judge(turn, report, turn.Settings.Factor(sent), measured, expected);
        }
    }

    private static void Judge(TwinTurn turn, TwinReport report, TwinFactor factor, WireNumber measured, WireNumber standard)
    {
        var at = report.DataTime ?? report.Built ?? report.Received.Wall;
        var result = Result(turn.Settings.Medium, factor, measured.Value, standard.Value);
        if (result is null) return;
        var error = Rounding.HalfEven(result.Error, 1);
        var figure = (error > 0 ? "+" : "") + error.ToString(CultureInfo.InvariantCulture);
        var verdict = result.Verdict switch { CheckVerdict.Pass => "pass", CheckVerdict.Adjust => "adjust", _ => "out-of-control" };
        turn.State = turn.State with { Devices = turn.State.Devices.SetItem($"check:{factor.Code}:{result.Test}", $"{verdict} {figure} %") };
        turn.Add(new StateChange("qc.check", at, factor.Device, new Dictionary<string, string>
        {
            ["factor"] = factor.Code, ["test"] = result.Test, ["measured"] = measured.ToString(), ["standard"] = standard.ToString(), ["unit"] = factor.Unit,
            ["error"] = figure, ["limit"] = result.Limit.ToString(CultureInfo.InvariantCulture), ["verdict"] = verdict, ["rule"] = result.Rule,
        }, report.Frame));
        var isStandard = result.Test == "standard";
        turn.Set(result.Verdict is not CheckVerdict.Pass, new(
            SignalKind.QualityControlFailed, $"check:{factor.Code}:{result.Test}", result.Verdict is CheckVerdict.OutOfControl ? SignalSeverity.Serious : SignalSeverity.Warning,
            factor.Code, isStandard ? SignalMessages.CheckFailed : SignalMessages.DriftFailed, isStandard ? StandardCheck.Id : Drift.Id,
            ("measured", measured), ("standard", standard), ("unit", factor.Unit), ("error", figure), ("limit", result.Limit), ("test", result.Test)), at, report.Frame);
    }

    private static CheckResult? Result(Medium medium, TwinFactor factor, decimal measured, decimal standard)
    {
        if (medium is Medium.Water) return StandardCheck.Judge(measured, standard);
        var analyser = factor.Code switch
        {
            FactorCodes.Particulates => DriftAnalyser.Particulates,
            FactorCodes.Velocity => DriftAnalyser.Velocity,
            _ => DriftAnalyser.Gas,
        };
        return factor.RangeUpper is { } range ? Drift.Judge(analyser, standard == 0m, measured, standard, range) : null;
    }
}
