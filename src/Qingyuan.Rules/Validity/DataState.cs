namespace Qingyuan.Rules.Validity;

/// <summary>Which table the letters of data marks are read by.</summary>
public enum FlagLetters
{
    /// <summary>HJ 212-2017 table 8.</summary>
    Hj212,

    /// <summary>HJ 75/76 data table.</summary>
    Hj75,
}

/// <summary>What a data mark says, whichever table its letter came from.</summary>
public enum DataState
{
    /// <summary>正常 N; also when no mark was sent.</summary>
    Normal,

    /// <summary>排放源停运 F of HJ 75/76: leaves the denominator.</summary>
    SourceStopped,

    /// <summary>启炉 St.</summary>
    StartUp,

    /// <summary>停炉 Sd.</summary>
    ShutDown,

    /// <summary>闷炉 B of HJ 75/76.</summary>
    Banked,

    /// <summary>校准 C.</summary>
    Calibrating,

    /// <summary>维护 M.</summary>
    Maintenance,

    /// <summary>故障 D.</summary>
    Fault,

    /// <summary>超测定上限 T.</summary>
    OverRange,

    /// <summary>无数据 Md.</summary>
    NoData,

    /// <summary>F of HJ 212: the instrument stopped, not the source.</summary>
    InstrumentStopped,

    /// <summary>S of HJ 212: set by hand.</summary>
    ManuallySet,

    /// <summary>B of HJ 212: link abnormal.</summary>
    LinkAbnormal,

    /// <summary>A letter that is in neither table: never counted as normal.</summary>
    Unknown,
}
