using static Qingyuan.Hj212.Dictionaries.CodeMeaning;

namespace Qingyuan.Hj212.Dictionaries;

/// <summary>数据标记: what a factor's Flag says of its values. Water and gas share one table. A mark nobody knows is kept, and its data do not count as valid.</summary>
/// <remarks>The list of 2025 was quoted by one source and may be incomplete (its table 10). 2005's digits are those of air-quality stations.</remarks>
public static class DataMarks
{
    /// <summary>The table.</summary>
    public static CodeTable Table { get; } = new("HJ 212-2017 表8",
    [
        new("N", "正常", "Working normally", Only2017),
        new("F", "监测仪器停运", "Instrument stopped", Only2017),
        new("M", "监测仪器处于维护期间产生的数据", "Under maintenance", Only2017),
        new("S", "手工输入的设定值", "Value set by hand", Only2017),
        new("D", "监测仪器故障", "Instrument fault", Only2017),
        new("C", "监测仪器校准", "Calibrating", Only2017),
        new("T", "监测仪器超测量上限", "Above the measuring limit", Only2017),
        new("B", "监测仪器与数采仪通讯异常", "Link between instrument and logger abnormal", Only2017),
        new("N", "数据有效（默认的自动标记）", "Data valid, the default automatic mark", Only2025, Confidence.Single),
        new("M", "日常维护", "Routine maintenance", Only2025, Confidence.Single),
        new("D", "故障", "Fault", Only2025, Confidence.Single),
        new("C", "校准", "Calibration", Only2025, Confidence.Single),
        new("T", "超量程", "Over range", Only2025, Confidence.Single),
        new("Td", "关键工况参数故障", "Fault of a key condition parameter", Only2025, Confidence.Single),
        new("N", "正常", "Normal", Only2005, Confidence.Single),
        new("F", "排放源停运", "Source stopped", Only2005, Confidence.Single),
        new("M", "维护", "Maintenance", Only2005, Confidence.Single),
        new("S", "设定值", "Set value", Only2005, Confidence.Single),
        new("D", "故障", "Fault", Only2005, Confidence.Single),
        new("C", "校验", "Check", Only2005, Confidence.Single),
        new("T", "超测量上限", "Over the upper limit", Only2005, Confidence.Single),
        new("P", "电源故障", "Power fault", Only2005, Confidence.Single),
        new("0", "校准数据", "Calibration data (air quality)", Only2005, Confidence.Single),
        new("1", "气象参数", "Weather parameter (air quality)", Only2005, Confidence.Single),
        new("2", "异常数据", "Abnormal (air quality)", Only2005, Confidence.Single),
        new("3", "正常数据", "Normal (air quality)", Only2005, Confidence.Single),
    ]);
}
