using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Qingyuan.Hj212.Factors;
using static Qingyuan.Hj212.Dictionaries.CodeMeaning;

namespace Qingyuan.Hj212.Dictionaries;

/// <summary>现场端信息编码: <c>i</c>, device, kind, three characters. Names, units and formats are rows of <see cref="FactorTable"/>; here are the meanings of the states.</summary>
public static class InformationCodes
{
    private static readonly FrozenDictionary<string, IReadOnlyList<CodeMeaning>> States = new Dictionary<string, IReadOnlyList<CodeMeaning>>
    {
        ["i12001"] =
        [
            new("0", "运行", "Running", From2017), new("1", "维护", "Maintenance", From2017), new("2", "故障", "Fault", From2017), new("3", "校准", "Calibrating", From2017),
            new("5", "反吹/清洗", "Blow-back or cleaning", From2017), new("6", "电源故障", "Power fault", From2017), new("7", "测量", "Measuring", From2017),
            new("8", "标定", "Standard-solution check", From2017), new("9", "待机", "Standby", From2017), new("10", "运维", "Operation and maintenance", From2017),
        ],
        ["i12002"] = Link(),
        ["i12003"] = [new("0", "正常", "Normal", From2017), new("1", "报警", "Alarm", From2017)],
        ["i22001"] = Working(),
        ["i22002"] = [new("0", "普通用户", "Ordinary user", From2017), new("1", "管理员", "Administrator", From2017), new("2", "运维用户", "Maintenance user", From2017)],
        ["i22003"] = Link(),
        ["i22101"] = [.. Link(), new("2", "通道未接设备", "No device on the channel", From2017)],
        ["i32001"] = Working(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All codes, in the order of the factor table. <c>x</c> at the end stands for a device number.</summary>
    public static IReadOnlyList<InformationCode> All { get; } = [.. FactorTable.All.Where(row => row.Medium == FactorMedium.Information).Select(Of)];

    /// <summary>The code as it comes over the wire, also with a device number.</summary>
    public static bool TryGet(string code, [NotNullWhen(true)] out InformationCode? found)
    {
        found = FactorTable.TryGet(code, out var row) && row.Medium == FactorMedium.Information ? All.First(one => one.Row == row) : null;
        return found is not null;
    }

    private static InformationCode Of(Factor row) =>
        new(row, (InformationDevice)(row.Code[1] - '0'), (InformationKind)(row.Code[2] - '0'), States.GetValueOrDefault(row.Code, []));

    private static CodeMeaning[] Link() => [new("0", "正常", "Normal", From2017), new("1", "异常", "Abnormal", From2017)];

    private static CodeMeaning[] Working() =>
        [new("0", "运行", "Running", From2017), new("1", "停止", "Stopped", From2017), new("2", "故障", "Fault", From2017), new("3", "维护", "Maintenance", From2017)];
}
