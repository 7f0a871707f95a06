using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared.Tables;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Columns of the two kinds of tables, by the headings people write.</summary>
internal static class ImportColumns
{
    public static IReadOnlyList<TableColumn> Laboratory { get; } =
    [
        new("station", true, ["站点MN", "station", "MN", "MN号", "MN编码", "设备唯一标识", "站点", "站点名称", "监测点位", "点位名称", "station name", "site"]),
        new("factor", true, ["监测因子", "factor", "因子", "因子编码", "因子名称", "监测项目", "检测项目", "项目", "factor code", "parameter"]),
        new("time", true, ["采样时间", "sampled at", "采样日期时间", "时间", "sampled time", "sampling time", "time"]),
        new("value", true, ["测定结果", "value", "结果", "测定值", "检测结果", "检测值", "监测值", "数值", "result"]),
        new("unit", true, ["单位", "unit", "计量单位"]),
        new("method", false, ["分析方法", "method", "方法", "检测方法", "测定方法"]),
        new("laboratory", false, ["实验室", "laboratory", "检测机构", "检测单位", "lab"]),
        new("sample", false, ["样品编号", "sample number", "样品号", "sample", "sample no"]),
        new("remark", false, ["备注", "remark", "说明", "remarks", "note"]),
    ];

    public static IReadOnlyList<TableColumn> History { get; } =
    [
        new("station", true, ["站点MN", "station", "MN", "MN号", "MN编码", "设备唯一标识", "站点", "站点名称", "监测点位", "点位名称", "station name", "site"]),
        new("factor", true, ["监测因子", "factor", "因子", "因子编码", "因子名称", "监测项目", "项目", "factor code", "parameter"]),
        new("period", true, ["数据类型", "period", "周期", "数据周期", "resolution", "type"]),
        new("time", true, ["监测时间", "time", "时间", "数据时间", "data time", "datatime"]),
        new("value", true, ["监测值", "value", "数值", "值", "浓度", "reading"]),
        new("flag", false, ["数据标记", "flag", "标记", "标识", "mark"]),
        new("unit", false, ["单位", "unit", "计量单位"]),
    ];

    public static IReadOnlyList<TableColumn> Of(ImportKind kind) => kind switch
    {
        ImportKind.Laboratory => Laboratory,
        ImportKind.History => History,
        _ => [],
    };
}
