namespace Qingyuan.Hj212.Catalogue;

/// <summary>What a message does in its exchange.</summary>
public enum MessageRole
{
    /// <summary>请求: asks the field to do or tell something.</summary>
    Request,

    /// <summary>通知: tells the other end something; answered by 9013 only.</summary>
    Notice,

    /// <summary>Data that come only in reply to a request, between 9011 and 9012, under its QN.</summary>
    ReplyData,

    /// <summary>上传: data the field sends by itself, or record by record in reply to a history request; each has a QN of its own (2005: none).</summary>
    Upload,

    /// <summary>应答: 9011 to 9014.</summary>
    Reply,
}
