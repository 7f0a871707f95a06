using static Qingyuan.Hj212.Dictionaries.CodeMeaning;

namespace Qingyuan.Hj212.Dictionaries;

/// <summary>Codes that say how something went: QnRtn, ExeRtn, and the small numbers of a few fields.</summary>
public static class ResultCodes
{
    /// <summary>QnRtn (请求命令返回).</summary>
    public static CodeTable Request { get; } = new("HJ 212-2017 表7",
    [
        new("1", "准备执行请求", "Ready to execute", Every),
        new("2", "请求被拒绝", "Refused", Every),
        new("3", "PW错误", "PW wrong", Every),
        new("4", "MN错误", "MN wrong", From2017),
        new("5", "ST错误", "ST wrong", From2017),
        new("6", "Flag错误", "Flag wrong", From2017),
        new("7", "QN错误", "QN wrong", From2017),
        new("8", "CN错误", "CN wrong", From2017),
        new("9", "CRC校验错误", "CRC wrong", From2017),
        new("100", "未知错误", "Unknown error", From2017),
    ]);

    /// <summary>ExeRtn (执行结果).</summary>
    public static CodeTable Execution { get; } = new("HJ 212-2017 表6",
    [
        new("1", "执行成功", "Done", Every),
        new("2", "执行失败，但不知道原因", "Failed, reason unknown", Every),
        new("3", "命令请求条件错误", "Request condition wrong", From2017),
        new("4", "通讯超时", "Communication time-out", From2017),
        new("5", "系统繁忙不能执行", "Busy", From2017),
        new("6", "系统故障", "System fault", From2017),
        new("100", "没有数据", "No data", Every),
    ]);

    /// <summary>SBx-RS (治理设施运行状态).</summary>
    public static CodeTable UnitState { get; } = new("HJ 212-2017 表4",
    [
        new("0", "关闭", "Off", Every),
        new("1", "运行", "Running", Every),
        new("2", "校准", "Calibrating", From2017),
        new("3", "维护", "Maintained", From2017),
        new("4", "报警", "Alarm", From2017),
        new("5", "反吹", "Blow-back", From2017),
    ]);

    /// <summary>CalibrationType of 3011.</summary>
    public static CodeTable Calibration { get; } = new("HJ 212-2025 表C41",
    [
        new("0", "零点校准", "At zero", Only2025, Confidence.Single),
        new("1", "量程校准", "At span", Only2025, Confidence.Single),
    ]);

    /// <summary>AlarmType.</summary>
    public static CodeTable Alarm { get; } = new("HJ/T 212-2005",
    [
        new("1", "超标", "Exceeded", Only2005, Confidence.Single),
        new("0", "恢复正常", "Back to normal", Only2005, Confidence.Single),
    ]);
}
