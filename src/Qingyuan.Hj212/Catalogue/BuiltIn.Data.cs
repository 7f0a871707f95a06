using Qingyuan.Hj212.Dictionaries;
using Qingyuan.Hj212.Messages.Bodies;

namespace Qingyuan.Hj212.Catalogue;

/// <summary>2000 to 2999: data of four periods, states, run times, and what 2025 adds.</summary>
internal static partial class BuiltIn
{
    private const string StopIn2005 = "That 2005 answers it as a notice, as 2017 does, was not read in its text.";

    private static IEnumerable<CommandRow> Data() =>
    [
        // 2011 by ST: pollutants C18, noise C32, key production conditions (45) C36, electricity (44) C37 to C40. A table names its first.
        Request(2011, "取污染物实时数据", "Start real-time upload", RealtimeRequest.Form) with { In2005 = true, Shape2025 = RealtimeRequest.Form2025, In2017 = "C.10", In2025 = "C14" },
        Upload(2011, "上传实时数据", "Real-time data", Measurements.Form) with { In2005 = true, In2017 = "C.14", In2025 = "C18" },
        Notice(2012, Sender.Host, "停止察看污染物实时数据", "Stop real-time upload", NoParameters.Form) with { In2005 = true, Sure2005 = Confidence.Inferred, In2017 = "C.11", In2025 = "C15", Remark = StopIn2005 },
        Request(2021, "取设备运行状态数据", "Start upload of unit states", NoParameters.Form) with { In2005 = true, In2017 = "C.12", In2025 = "C16" },
        Upload(2021, "上传设备运行状态数据", "States of treatment units", UnitStates.Form) with { In2005 = true, In2017 = "C.15", In2025 = "C19" },
        Notice(2022, Sender.Host, "停止察看设备运行状态", "Stop upload of unit states", NoParameters.Form) with { In2005 = true, Sure2005 = Confidence.Inferred, In2017 = "C.13", In2025 = "C17", Remark = StopIn2005 },
        Query(2031, "取污染物日历史数据", "Get day data", HistoryRequest.Form) with { In2005 = true, In2017 = "C.22", In2025 = "C26" },
        Upload(2031, "上传日历史数据", "Day data", Measurements.Form) with { In2005 = true, In2017 = "C.18", In2025 = "C22" },
        Query(2041, "取设备运行时间日历史数据", "Get run times of units", HistoryRequest.Form) with { In2005 = true, In2017 = "C.23", In2025 = "C29" },
        Upload(2041, "上传设备运行时间日历史数据", "Run times of treatment units in a day", UnitRunTimes.Form) with { In2005 = true, In2017 = "C.19", In2025 = "C23" },
        Query(2051, "取污染物分钟历史数据", "Get minute data", HistoryRequest.Form) with { In2005 = true, In2017 = "C.20", In2025 = "C24" },
        Upload(2051, "上传分钟历史数据", "Minute data", Measurements.Form) with { In2005 = true, In2017 = "C.16", In2025 = "C20" },
        Query(2061, "取污染物小时历史数据", "Get hour data", HistoryRequest.Form) with { In2005 = true, In2017 = "C.21", In2025 = "C25" },
        Upload(2061, "上传小时历史数据", "Hour data", Measurements.Form) with { In2005 = true, In2017 = "C.17", In2025 = "C21" },
        Upload(2081, "上传数采仪开机时间", "Boot time of the logger", BootTime.Form) with { In2017 = "C.24", In2025 = "C30" },
        .. DataOf2005(), .. DataOf2025(),
    ];

    private static IEnumerable<CommandRow> DataOf2005() =>
    [
        Query(2071, "取污染物报警记录", "Get alarm records", HistoryRequest.Form) with { In2005 = true, Remark = Only2005 },
        Upload(2071, "上传污染物报警记录", "Alarm records", AlarmReport.Form) with { In2005 = true, Remark = Only2005 },
        Notice(2072, Sender.Field, "上传报警事件", "An alarm began or ended", AlarmReport.Form) with { In2005 = true, Sure2005 = Confidence.FromMemory, Remark = "That it is a notice, answered by 9013, is from memory." },
    ];

    private static IEnumerable<CommandRow> DataOf2025() =>
    [
        Query(2013, "取原始监测数据", "Get raw periodic data", HistoryRequest.Form) with { In2025 = "C27" },
        Upload(2013, "上传原始监测数据", "Raw periodic data", Measurements.Form) with { In2025 = "C28" },
        Upload(2052, "上传噪声单次监测数据", "A single noise measurement", Measurements.Form) with { In2025 = "C34" },
        Query(2062, "取自动标样核查数据", "Get results of automatic standard checks", HistoryRequest.Form) with { In2025 = "C60" },
        Upload(2062, "上传自动标样核查数据", "Results of automatic standard checks", StandardChecks.Form) with { In2025 = "C59" },
        Upload(2111, "上传焚烧炉炉膛温度", "Furnace temperature, mean of five minutes", Measurements.Form) with { In2025 = "C31" },
    ];
}
