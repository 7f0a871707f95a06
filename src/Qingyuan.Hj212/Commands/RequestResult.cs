namespace Qingyuan.Hj212.Commands;

/// <summary>QnRtn (请求命令返回): how a request was taken, in a 9011. HJ 212-2017 table 7; 2005 has the first three only.</summary>
public enum RequestResult
{
    /// <summary>准备执行请求.</summary>
    Ready = 1,

    /// <summary>请求被拒绝.</summary>
    Refused = 2,

    /// <summary>PW错误.</summary>
    WrongPassword = 3,

    /// <summary>MN错误.</summary>
    WrongMn = 4,

    /// <summary>ST错误.</summary>
    WrongSt = 5,

    /// <summary>Flag错误.</summary>
    WrongFlag = 6,

    /// <summary>QN错误.</summary>
    WrongQn = 7,

    /// <summary>CN错误.</summary>
    WrongCn = 8,

    /// <summary>CRC校验错误.</summary>
    WrongCrc = 9,

    /// <summary>未知错误.</summary>
    Unknown = 100,
}
