using Qingyuan.Hj212.Dictionaries;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Catalogue;

/// <summary>One kind of message: a command code in one edition, from one end.</summary>
/// <param name="Command">CN.</param>
/// <param name="Edition">The edition that has it.</param>
/// <param name="Sender">The end that sends it.</param>
/// <param name="Role">What it does in its exchange.</param>
/// <param name="NameZh">What it is for, in Chinese.</param>
/// <param name="NameEn">The same in English (our translation).</param>
/// <param name="Shape">What its data area carries.</param>
/// <param name="Answer">What it is answered with.</param>
/// <param name="Clause">The edition, with its table where that is known.</param>
/// <param name="Confidence">How well the row is founded.</param>
public sealed record MessageSpec(
    int Command, Edition Edition, Sender Sender, MessageRole Role, string NameZh, string NameEn, BodyShape Shape, AnswerKind Answer, string Clause, Confidence Confidence)
{
    /// <summary>What is not certain about the row; null when nothing is to be said.</summary>
    public string? Remark { get; init; }

    /// <summary>The CN of the same act in the next edition, where that has another number; null otherwise.</summary>
    public int? Successor { get; init; }

    /// <summary>What the data area carries.</summary>
    public IReadOnlyList<FieldUse> Fields => Shape.Fields;

    /// <summary>What the dictionary says of one of the <see cref="Fields"/>: names, format, unit, range. Null for <c>-</c>, which stands for any quantity of any factor.</summary>
    public FieldDefinition? Definition(FieldUse field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return FieldDictionary.Find(field.Name, Edition);
    }
}
