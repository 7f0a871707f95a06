namespace Qingyuan.Hj212.Catalogue;

/// <summary>A field of a data area, as one kind of message uses it.</summary>
/// <param name="Name">The plain name, such as <c>PolId</c>, or a dash and a suffix: <c>-Rtd</c> stands for that quantity of any factor.</param>
/// <param name="Required">False when the message is whole without it.</param>
public sealed record FieldUse(string Name, bool Required);
