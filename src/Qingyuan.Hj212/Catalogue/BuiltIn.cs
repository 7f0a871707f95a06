using Qingyuan.Hj212.Messages;

namespace Qingyuan.Hj212.Catalogue;

/// <summary>The rows this library brings, by thousands of the command code.</summary>
/// <remarks>
/// Sources: HJ/T 212-2005 and HJ 212-2017, read whole; for HJ 212-2025 open clients and quotations. That is why rows of 2025 are at most
/// <see cref="Dictionaries.Confidence.Single"/> unless two sources agree, and why <see cref="CatalogueOptions"/> can replace any of them.
/// 2082 to 2084 and 9021, 9022 are in no edition and therefore not here.
/// </remarks>
internal static partial class BuiltIn
{
    public static IEnumerable<MessageSpec> Rows(int? sampleReport2025) =>
        Settings().Concat(Data()).Concat(Devices(sampleReport2025)).Concat(Replies()).SelectMany(row => row.Specs());

    private static CommandRow Request(int command, string zh, string en, BodyShape shape) =>
        new(command, Sender.Host, MessageRole.Request, zh, en, shape, AnswerKind.Result);

    private static CommandRow Query(int command, string zh, string en, BodyShape shape) =>
        new(command, Sender.Host, MessageRole.Request, zh, en, shape, AnswerKind.DataAndResult);

    private static CommandRow Found(int command, string zh, string en, BodyShape shape) =>
        new(command, Sender.Field, MessageRole.ReplyData, zh, en, shape, AnswerKind.None);

    private static CommandRow Upload(int command, string zh, string en, BodyShape shape) =>
        new(command, Sender.Field, MessageRole.Upload, zh, en, shape, AnswerKind.DataReply);

    private static CommandRow Notice(int command, Sender sender, string zh, string en, BodyShape shape) =>
        new(command, sender, MessageRole.Notice, zh, en, shape, AnswerKind.NoticeReply);

    private static CommandRow Reply(int command, Sender sender, string zh, string en, BodyShape shape) =>
        new(command, sender, MessageRole.Reply, zh, en, shape, AnswerKind.None);
}
