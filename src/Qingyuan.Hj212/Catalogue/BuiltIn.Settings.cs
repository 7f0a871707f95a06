using Qingyuan.Hj212.Dictionaries;
using Qingyuan.Hj212.Messages.Bodies;

namespace Qingyuan.Hj212.Catalogue;

/// <summary>1000 to 1999: link, clock, intervals, password, registration, keys.</summary>
internal static partial class BuiltIn
{
    private const string Only2005 = "Fields named in one reading of HJ/T 212-2005; which of them a frame carries follows from their names.";

    private static IEnumerable<CommandRow> Settings() =>
    [
        Request(1000, "设置超时时间及重发次数", "Set time-out and resends", LinkSettings.Form) with { In2005 = true, In2017 = "C.1", In2025 = "C1" },
        Query(1011, "提取现场机时间", "Get the clock", ClockRequest.Form) with { In2005 = true, In2017 = "C.2", In2025 = "C4" },
        Found(1011, "上传现场机时间", "The clock", Clock.Form) with { In2005 = true, In2017 = "C.2", In2025 = "C4" },
        Request(1012, "设置现场机时间", "Set the clock", Clock.Form) with { In2005 = true, In2017 = "C.3", In2025 = "C5" },
        Notice(1013, Sender.Field, "现场机时间校准请求", "Ask for the clock to be set", ClockRequest.Form) with { In2017 = "C.4", In2025 = "C6" },
        Query(1061, "提取实时数据间隔", "Get the real-time interval", NoParameters.Form) with { In2005 = true, Sure2005 = Confidence.FromMemory, In2017 = "C.5", In2025 = "C9" },
        Found(1061, "上传实时数据间隔", "The real-time interval", RealtimeInterval.Form) with { In2005 = true, Sure2005 = Confidence.FromMemory, In2017 = "C.5", In2025 = "C9" },
        Request(1062, "设置实时数据间隔", "Set the real-time interval", RealtimeInterval.Form) with { In2005 = true, Sure2005 = Confidence.FromMemory, In2017 = "C.6", In2025 = "C10" },
        Query(1063, "提取分钟数据间隔", "Get the minute interval", NoParameters.Form) with { In2017 = "C.7", In2025 = "C11" },
        Found(1063, "上传分钟数据间隔", "The minute interval", MinuteInterval.Form) with { In2017 = "C.7", In2025 = "C11" },
        Request(1064, "设置分钟数据间隔", "Set the minute interval", MinuteInterval.Form) with { In2017 = "C.8", In2025 = "C12" },
        Request(1072, "设置现场机访问密码", "Set the password", NewPassword.Form) with { In2005 = true, Shape2005 = NewPassword.Form2005, In2017 = "C.9", In2025 = "C13" },
        .. SettingsOf2005(), .. SettingsOf2025(),
    ];

    private static IEnumerable<CommandRow> SettingsOf2005() =>
    [
        Request(1001, "设置超限报警时间", "Set the time of over-limit alarms", AlarmDelay.Form) with { In2005 = true, Remark = Only2005 },
        Query(1021, "提取污染物报警门限值", "Get alarm limits", ClockRequest.Form) with { In2005 = true, Remark = Only2005 },
        Found(1021, "上传污染物报警门限值", "Alarm limits", AlarmLimits.Form) with { In2005 = true, Remark = Only2005 },
        Request(1022, "设置污染物报警门限值", "Set alarm limits", AlarmLimits.Form) with { In2005 = true, Remark = Only2005 },
        Query(1031, "提取上位机地址", "Get the host's address", NoParameters.Form) with { In2005 = true, Remark = Only2005 },
        Found(1031, "上传上位机地址", "The host's address", HostAddress.Form) with { In2005 = true, Remark = Only2005 },
        Request(1032, "设置上位机地址", "Set the host's address", HostAddress.Form) with { In2005 = true, Remark = Only2005 },
        Query(1041, "提取数据上报时间", "Get the report time", NoParameters.Form) with { In2005 = true, Remark = Only2005 },
        Found(1041, "上传数据上报时间", "The report time", ReportTime.Form) with { In2005 = true, Remark = Only2005 },
        Request(1042, "设置数据上报时间", "Set the report time", ReportTime.Form) with { In2005 = true, Remark = Only2005 },
    ];

    private static IEnumerable<CommandRow> SettingsOf2025() =>
    [
        Notice(1001, Sender.Field, "上传数采仪硬件信息", "The logger's hardware, to be registered", HardwareIdentity.Form) with { In2025 = "C2", Remark = "The MN is empty in the answer." },
        Request(1002, "数采仪激活，下发MN", "Activate a logger: assign its MN", HardwareIdentity.Form) with { In2025 = "C3", Remark = "The header's MN is the new one." },
        Notice(1014, Sender.Field, "密钥更新请求", "Ask for a new key", KeyRequest.Form) with { In2025 = "C7", Sure2025 = Confidence.Confirmed },
        Request(1014, "密钥下发", "Give a new key", NewKey.Form) with { In2025 = "C8", Sure2025 = Confidence.Confirmed },
    ];
}
