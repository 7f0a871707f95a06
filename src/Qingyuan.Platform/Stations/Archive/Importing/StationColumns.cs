using Qingyuan.Platform.Shared.Tables;

namespace Qingyuan.Platform.Stations.Archive.Importing;

/// <summary>Columns of a table of stations: members of the API's station, by the headings people write. Factors and their limits are filed in the station's own dialog.</summary>
internal static class StationColumns
{
    public static IReadOnlyList<TableColumn> All { get; } =
    [
        new("mn", true, ["MN", "mn", "MN号", "MN编码", "设备唯一标识", "设备唯一标识MN", "数采仪编号"]),
        new("name", true, ["站点名称", "name", "名称", "站点", "点位名称", "监测点位", "station", "station name"]),
        new("kind", true, ["监测类型", "kind", "类型", "站点类型", "监测类别", "type"]),
        new("edition", true, ["协议版本", "edition", "协议", "传输协议", "HJ212版本", "protocol"]),
        new("password", true, ["上报密码", "password", "PW", "密码", "访问密码"]),
        new("dischargerCode", false, ["排污单位编码", "discharger code", "企业编码", "统一社会信用代码"]),
        new("dischargerName", false, ["排污单位", "discharger", "排污单位名称", "企业", "企业名称", "discharger name"]),
        new("outlet", false, ["排放口编号", "outlet", "排口编号", "排放口", "排口"]),
        new("permitNo", false, ["排污许可证编号", "permit number", "许可证编号", "排污许可证", "permit"]),
        new("industry", false, ["行业", "industry", "行业类别", "所属行业"]),
        new("address", false, ["地址", "address", "详细地址"]),
        new("longitude", false, ["经度", "longitude"]),
        new("latitude", false, ["纬度", "latitude"]),
        new("datum", false, ["坐标系", "datum", "坐标系统"]),
        new("referenceOxygen", false, ["基准含氧量", "reference oxygen", "基准氧含量"]),
        new("realtimeSeconds", false, ["实时数据间隔", "real-time interval", "实时上报间隔"]),
        new("minuteInterval", false, ["分钟数据间隔", "minute interval", "分钟上报间隔"]),
        new("technician", false, ["运维人员", "technician", "运维人员账号", "责任人"]),
        new("network", false, ["联网方式", "network", "传输方式", "网络"]),
    ];
}
