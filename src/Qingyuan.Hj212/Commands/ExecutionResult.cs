namespace Qingyuan.Hj212.Commands;

/// <summary>ExeRtn (执行结果): how a command ended, in a 9012. HJ 212-2017 table 6; 2005 has 1, 2 and 100 only.</summary>
public enum ExecutionResult
{
    /// <summary>执行成功.</summary>
    Done = 1,

    /// <summary>执行失败，但不知道原因.</summary>
    Failed = 2,

    /// <summary>命令请求条件错误.</summary>
    WrongCondition = 3,

    /// <summary>通讯超时.</summary>
    TimedOut = 4,

    /// <summary>系统繁忙不能执行.</summary>
    Busy = 5,

    /// <summary>系统故障.</summary>
    SystemFault = 6,

    /// <summary>没有数据.</summary>
    NoData = 100,
}
