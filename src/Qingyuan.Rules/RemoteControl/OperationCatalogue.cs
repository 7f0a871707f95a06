using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.RemoteControl;

/// <summary>The remote operations there are. Writing slope, intercept, range, K, velocity-field factor, excess-air coefficient or duct area is none of them, for anyone.</summary>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.3", Certainty = "SINGLE")]
public static class OperationCatalogue
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("REMOTE-OPERATIONS", "1");

    /// <summary>Parameter that names the analyser by the factor it measures.</summary>
    public const string Factor = "factor";

    /// <summary>All of them: eleven of water, five of gas (two of them shared), then reading and harmless settings.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("mixed-retention", OperationMedium.Water, OperationEffect.Retain, Factor + "?"),
        new("synchronous-retention", OperationMedium.Water, OperationEffect.Retain, Factor + "?"),
        new("exceedance-retention", OperationMedium.Water, OperationEffect.Retain, Factor + "?"),
        new("instant-retention", OperationMedium.Water, OperationEffect.Retain, Factor + "?"),
        new("measure", OperationMedium.Water, OperationEffect.Measure, Factor),
        new("zero-calibration", OperationMedium.Both, OperationEffect.Disturb, Factor) { IsDangerous = true, Mark = "C" },
        new("span-calibration", OperationMedium.Water, OperationEffect.Disturb, Factor) { IsDangerous = true, Mark = "C" },
        new("standard-check", OperationMedium.Both, OperationEffect.Disturb, Factor) { Mark = "C" },
        new("clean", OperationMedium.Water, OperationEffect.Disturb, Factor) { Mark = "M" },
        new("blow-back", OperationMedium.Gas, OperationEffect.Disturb, Factor) { Mark = "M" },
        new("set-clock", OperationMedium.Both, OperationEffect.Disturb, Factor + "?"),
        new("restart", OperationMedium.Both, OperationEffect.Disturb) { IsDangerous = true, Mark = "M" },
        new("read-clock", OperationMedium.Both, OperationEffect.Read, Factor + "?"),
        new("read-information", OperationMedium.Both, OperationEffect.Read, "infoId", Factor + "?", "from?", "to?"),
        new("read-identity", OperationMedium.Both, OperationEffect.Read, Factor),
        new("read-realtime-interval", OperationMedium.Both, OperationEffect.Read),
        new("read-minute-interval", OperationMedium.Both, OperationEffect.Read),
        new("read-sampling-cycle", OperationMedium.Water, OperationEffect.Read, Factor),
        new("read-sample-out-time", OperationMedium.Water, OperationEffect.Read, Factor),
        new("read-minutes", OperationMedium.Both, OperationEffect.Read, "from", "to"),
        new("read-hours", OperationMedium.Both, OperationEffect.Read, "from", "to"),
        new("read-days", OperationMedium.Both, OperationEffect.Read, "from", "to"),
        new("set-link", OperationMedium.Both, OperationEffect.Setting, "overTime", "reCount") { IsDangerous = true },
        new("set-realtime-interval", OperationMedium.Both, OperationEffect.Setting, "seconds") { IsDangerous = true },
        new("set-minute-interval", OperationMedium.Both, OperationEffect.Setting, "minutes") { IsDangerous = true },
        new("set-sampling-cycle", OperationMedium.Water, OperationEffect.Setting, Factor, "firstTime", "hours") { IsDangerous = true },
    ];

    /// <summary>By code; null when there is none.</summary>
    public static Operation? Find(string? code) => All.FirstOrDefault(each => each.Code == code);
}
