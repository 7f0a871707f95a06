namespace Qingyuan.Hj212.Catalogue;

/// <summary>What a message is answered with.</summary>
public enum AnswerKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>9011, and when that says ready, 9012.</summary>
    Result,

    /// <summary>9011, and when that says ready, the data and then 9012.</summary>
    DataAndResult,

    /// <summary>9013.</summary>
    NoticeReply,

    /// <summary>9014, when bit 0 of Flag asks for it.</summary>
    DataReply,
}
