using Qingyuan.Hj212.Factors;

namespace Qingyuan.Hj212.Dictionaries;

/// <summary>What kind of information a code carries: the third sign of the code.</summary>
public enum InformationKind
{
    /// <summary>日志: a log text.</summary>
    Log = 1,

    /// <summary>状态: a state, one of few numbers.</summary>
    State = 2,

    /// <summary>参数: a parameter.</summary>
    Parameter = 3,
}

/// <summary>Which device it is about: the second sign of the code.</summary>
public enum InformationDevice
{
    /// <summary>在线监控仪器仪表: an analyser.</summary>
    Instrument = 1,

    /// <summary>数采仪: the logger.</summary>
    Logger = 2,

    /// <summary>辅助设备: door, shelter, heated line and others.</summary>
    Auxiliary = 3,
}

/// <summary>A code of field information (现场端信息).</summary>
/// <param name="Row">Names, unit and format.</param>
/// <param name="Device">Which device it is about.</param>
/// <param name="Kind">Log, state or parameter.</param>
/// <param name="Values">What the numbers of a state mean; empty for logs and parameters.</param>
public sealed record InformationCode(Factor Row, InformationDevice Device, InformationKind Kind, IReadOnlyList<CodeMeaning> Values);
