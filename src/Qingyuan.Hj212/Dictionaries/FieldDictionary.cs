using System.Collections.Frozen;
using Qingyuan.Hj212.Segments;
using static Qingyuan.Hj212.Dictionaries.CodeMeaning;

namespace Qingyuan.Hj212.Dictionaries;

/// <summary>字段对照表: every field a data area may have, of all editions.</summary>
/// <remarks>Rows of 2005 alone come from one reading of its text, those of 2025 alone from open clients: <see cref="Confidence.Single"/>.</remarks>
public static class FieldDictionary
{
    private const string Time = "YYYYMMDDhhmmss";
    private const string LongTime = "YYYYMMDDhhmmsszzz";

    /// <summary>All rows.</summary>
    public static IReadOnlyList<FieldDefinition> All { get; } = [.. Settings(), .. Quantities(), .. Devices(), .. Of2025(), .. Of2005()];

    private static readonly FrozenDictionary<string, FieldDefinition[]> ByName =
        All.GroupBy(field => field.Name, StringComparer.Ordinal).ToFrozenDictionary(same => same.Key, same => same.ToArray(), StringComparer.Ordinal);

    /// <summary>The row of a plain name, or of a dash and a suffix, in an edition, else in any; null when no edition has it.</summary>
    public static FieldDefinition? Find(string name, Edition edition)
    {
        if (!ByName.TryGetValue(name, out var rows)) return null;
        return rows.FirstOrDefault(row => row.Editions.Contains(edition)) ?? rows[0];
    }

    private static FieldDefinition[] Settings() =>
    [
        new("SystemTime", "系统时间", "Clock", Time, Every),
        new("QnRtn", "请求回应代码", "Answer to a request", "N3", Every) { Codes = ResultCodes.Request },
        new("ExeRtn", "执行结果回应代码", "Result of a command", "N3", Every) { Codes = ResultCodes.Execution },
        new("RtdInterval", "实时数据间隔", "Real-time interval", "N4", Every) { Unit = "s", Least = 30, Most = 3600 },
        new("MinInterval", "分钟数据间隔", "Minute interval", "N2", From2017) { Unit = "min", OneOf = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30] },
        new("RestartTime", "数采仪开机时间", "Boot time of the logger", Time, From2017),
        new("PolId", "监测因子编码", "Code of a factor", "C6", From2017),
        new("PolId", "监测因子编码", "Code of a factor", "C3", Only2005) { Confidence = Confidence.Single },
        new("BeginTime", "开始时间", "Begin, included", Time, Every),
        new("EndTime", "截止时间", "End, included", Time, Every),
        new("DataTime", "数据时间", "Data time", Time, Every),
        new("NewPW", "新密码", "New password", "C6", From2017),
        new("OverTime", "超时时间", "Time-out", "N2", Only2017) { Unit = "s", Least = 1, Most = 99 },
        new("OverTime", "超时时间", "Time-out", "N2", Only2025) { Unit = "s", Least = 0, Most = 99, Confidence = Confidence.Single },
        new("OverTime", "超时时间", "Time-out", "N5", Only2005) { Unit = "s", Confidence = Confidence.Single },
        new("ReCount", "重发次数", "Resends", "N2", [Edition.V2005, Edition.V2017]) { Least = 1, Most = 99 },
        new("ReCount", "重发次数", "Resends", "N2", Only2025) { Least = 0, Most = 99, Confidence = Confidence.Single },
    ];

    private static FieldDefinition[] Quantities() =>
    [
        new("-SampleTime", "采样时间", "Sampling time", Time, From2017),
        new("-Rtd", "实时值", "Real-time value", null, Every),
        new("-Min", "最小值", "Minimum", null, Every),
        new("-Avg", "平均值", "Mean", null, Every),
        new("-Max", "最大值", "Maximum", null, Every),
        new("-ZsRtd", "实时折算值", "Converted real-time value", null, Every),
        new("-ZsMin", "最小折算值", "Converted minimum", null, Every),
        new("-ZsAvg", "平均折算值", "Converted mean", null, Every),
        new("-ZsMax", "最大折算值", "Converted maximum", null, Every),
        new("-Cou", "累计值", "Total over the period", null, Every),
        new("-Flag", "数据标记", "Data mark", "C1", [Edition.V2005, Edition.V2017]) { Codes = DataMarks.Table },
        new("-Flag", "数据标记", "Data mark", "C2", Only2025) { Codes = DataMarks.Table, Confidence = Confidence.Single },
        new("-EFlag", "扩充数据标记", "The maker's own mark", "C4", From2017),
        new("-Data", "噪声时段数据", "Noise of a period", "N3.1", Every) { Unit = "dB" },
        new("-DayData", "噪声昼间数据", "Noise by day", "N3.1", Every) { Unit = "dB" },
        new("-NightData", "噪声夜间数据", "Noise by night", "N3.1", Every) { Unit = "dB" },
    ];

    private static FieldDefinition[] Devices() =>
    [
        new("-RS", "设备运行状态", "State of a treatment unit", "N1", Every) { Codes = ResultCodes.UnitState },
        new("-RT", "设备运行时间", "Run time of a treatment unit in a day", "N2.2", Every) { Unit = "h", Least = 0, Most = 24 },
        new("VaseNo", "留样瓶编号", "Bottle of a retained sample", "N2", From2017) { Least = 1, Most = 99 },
        new("CstartTime", "设备采样起始时间", "First sample of a day", "hhmmss", From2017),
        new("CTime", "采样周期", "Sampling cycle", "N2", From2017) { Unit = "h", Least = 1, Most = 24 },
        new("Ctime", "采样周期", "Sampling cycle", "N2", From2017) { Unit = "h", Least = 1, Most = 24 },
        new("Stime", "出样时间", "From sampling to result", "N4", From2017) { Unit = "min", Least = 1, Most = 120 },
        new("-Info", "现场端信息", "Field information", null, From2017),
        new("InfoId", "现场端信息编码", "Code of field information", "C6", From2017),
        new("-SN", "设备唯一标识", "Identity of an instrument", "C24", From2017),
    ];

    private static FieldDefinition[] Of2025() =>
    [
        Recent("-CompleteTime", "完成时间", "Analysis complete", Time),
        Recent("-SampleType", "样品类型", "Kind of sample", null),
        Recent("-SampleRd", "标样测量值", "Reading of a known sample", null),
        Recent("-StandardValue", "标样标准值", "Known value of a sample", null),
        Recent("-ResultType", "核查结果", "Outcome of a check", "N1"),
        Recent("-RawAvg", "原始均值", "Raw mean", null),
        Recent("CalibrationType", "校准类型", "Kind of calibration", "N1") with { Codes = ResultCodes.Calibration },
        Recent("SKCreateTime", "密钥生成时间", "Key made at", LongTime),
        Recent("NewSK", "新密钥", "New key", "C16"),
    ];

    private static FieldDefinition[] Of2005() =>
    [
        Old("QN", "请求编号", "QN of the frame answered"),
        Old("CN", "命令编号", "CN of the frame answered"),
        Old("PNO", "包号", "Part of the frame answered"),
        Old("PNUM", "总包数", "Parts of the frame answered"),
        Old("PW", "新密码", "New password"),
        Old("AlarmTime", "报警时间", "Alarm time"),
        Old("AlarmType", "报警类别", "Kind of alarm") with { Codes = ResultCodes.Alarm },
        Old("-Ala", "报警值", "Value that raised the alarm"),
        Old("-UpValue", "报警上限", "Upper alarm limit"),
        Old("-LowValue", "报警下限", "Lower alarm limit"),
        Old("ReportTarget", "上报目标地址", "Where data go"),
        Old("AlarmTarget", "报警目标地址", "Where alarms go"),
        Old("ReportTime", "上报时间", "Report time"),
        Old("WarnTime", "超限报警时间", "Time of over-limit alarms"),
        Old("DayStdValue", "噪声昼间标准值", "Noise limit by day"),
        Old("NightStdValue", "噪声夜间标准值", "Noise limit by night"),
    ];

    private static FieldDefinition Recent(string name, string zh, string en, string? format) => new(name, zh, en, format, Only2025) { Confidence = Confidence.Single };

    private static FieldDefinition Old(string name, string zh, string en) => new(name, zh, en, null, Only2005) { Confidence = Confidence.Single };
}
