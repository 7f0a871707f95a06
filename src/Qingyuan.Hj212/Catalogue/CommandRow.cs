using Qingyuan.Hj212.Dictionaries;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Catalogue;

/// <summary>One kind of message over the editions that have it. An edition it is null in does not have it; empty means its table is not known.</summary>
internal sealed record CommandRow(int Command, Sender Sender, MessageRole Role, string NameZh, string NameEn, BodyShape Shape, AnswerKind Answer)
{
    /// <summary>2005's own text was read once, and its tables have no numbers here.</summary>
    public bool In2005 { get; init; }

    /// <summary>Table of HJ 212-2017 appendix C.</summary>
    public string? In2017 { get; init; }

    /// <summary>Table of HJ 212-2025 appendix C, by the one open client that names them.</summary>
    public string? In2025 { get; init; }

    /// <summary>2005: one reading of its text, unless said otherwise.</summary>
    public Confidence Sure2005 { get; init; } = Confidence.Single;

    /// <summary>2025: the official text was not at hand.</summary>
    public Confidence Sure2025 { get; init; } = Confidence.Single;

    /// <summary>2005's shape where it differs.</summary>
    public BodyShape? Shape2005 { get; init; }

    /// <summary>2025's shape where it differs.</summary>
    public BodyShape? Shape2025 { get; init; }

    public string? Remark { get; init; }

    /// <summary>CN of the same act in the edition after the one it is in.</summary>
    public int? Successor { get; init; }

    public IEnumerable<MessageSpec> Specs()
    {
        if (In2005) yield return Spec(Edition.V2005, "HJ/T 212-2005", null, Sure2005, Shape2005 ?? Shape);
        if (In2017 is not null) yield return Spec(Edition.V2017, "HJ 212-2017", In2017, Confidence.Confirmed, Shape);
        if (In2025 is not null) yield return Spec(Edition.V2025, "HJ 212-2025", In2025, Sure2025, Shape2025 ?? Shape);
    }

    private MessageSpec Spec(Edition edition, string standard, string? table, Confidence sure, BodyShape shape) =>
        new(Command, edition, Sender, Role, NameZh, NameEn, shape, Answer, string.IsNullOrEmpty(table) ? standard : $"{standard} 表{table}", sure)
        {
            Remark = Remark, Successor = Successor,
        };
}
