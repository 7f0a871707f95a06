namespace Qingyuan.Hj212.Commands;

/// <summary>The command codes (CN) that code names. Frames carry others too; an unknown one is kept, never dropped.</summary>
public static class CommandCode
{
    /// <summary>实时数据: real-time data.</summary>
    public const int RealtimeData = 2011;

    /// <summary>设备运行状态: state of treatment units.</summary>
    public const int UnitState = 2021;

    /// <summary>日数据: day data.</summary>
    public const int DayData = 2031;

    /// <summary>设备运行时间日数据: run time of treatment units in a day.</summary>
    public const int UnitRunTime = 2041;

    /// <summary>分钟数据: minute data.</summary>
    public const int MinuteData = 2051;

    /// <summary>小时数据: hour data.</summary>
    public const int HourData = 2061;

    /// <summary>数采仪开机时间: boot time of the logger.</summary>
    public const int BootTime = 2081;

    /// <summary>时间校准请求: the field asks for its clock to be set; answered by 9013.</summary>
    public const int ClockNotice = 1013;

    /// <summary>设备唯一标识: identity of an instrument.</summary>
    public const int InstrumentIdentity = 3019;

    /// <summary>现场端信息: log, state or parameter of the field.</summary>
    public const int FieldInformation = 3020;

    /// <summary>请求应答: reply to a request.</summary>
    public const int RequestReply = 9011;

    /// <summary>执行结果: result of a command.</summary>
    public const int ExecutionReply = 9012;

    /// <summary>通知应答: reply to a notice.</summary>
    public const int NoticeReply = 9013;

    /// <summary>数据应答: reply to data.</summary>
    public const int DataReply = 9014;

    /// <summary>心跳: heartbeat, 2025; answered by 9013.</summary>
    public const int Heartbeat = 9015;
}
