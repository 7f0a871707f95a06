using Qingyuan.Hj212.Dictionaries;
using Qingyuan.Hj212.Messages.Bodies;

namespace Qingyuan.Hj212.Catalogue;

/// <summary>9000 to 9999: replies, and 2025's heartbeat. HJ 212-2017 has them in 6.5 and with each example of appendix C.</summary>
internal static partial class BuiltIn
{
    private static IEnumerable<CommandRow> Replies() =>
    [
        Reply(9011, Sender.Field, "请求应答", "Whether the request will be carried out", RequestReply.Form) with { In2005 = true, In2017 = "", In2025 = "", Sure2025 = Confidence.Confirmed },
        Reply(9012, Sender.Field, "执行结果", "How the command ended", ExecutionReply.Form) with { In2005 = true, In2017 = "", In2025 = "", Sure2025 = Confidence.Confirmed },
        Reply(9013, Sender.Host, "通知应答", "The notice has arrived", NoParameters.Form) with { In2005 = true, In2017 = "", In2025 = "", Sure2025 = Confidence.Confirmed },
        Reply(9013, Sender.Field, "通知应答", "The notice has arrived", NoParameters.Form) with { In2005 = true, In2017 = "", In2025 = "", Sure2025 = Confidence.Confirmed },
        Reply(9014, Sender.Host, "数据应答", "The data have arrived", NoParameters.Form) with { In2005 = true, Shape2005 = DataReply2005.Form, In2017 = "", In2025 = "", Sure2025 = Confidence.Confirmed },
        Reply(9014, Sender.Field, "数据应答", "The data have arrived", NoParameters.Form) with { In2005 = true, Shape2005 = DataReply2005.Form, In2017 = "", In2025 = "", Sure2025 = Confidence.Confirmed },
        Notice(9015, Sender.Field, "心跳", "Heartbeat", NoParameters.Form) with { In2025 = "C54", Sure2025 = Confidence.Confirmed, Remark = "Its period is not fixed." },
    ];
}
