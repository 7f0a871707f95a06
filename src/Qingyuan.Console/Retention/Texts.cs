namespace Qingyuan.Console.Retention;

/// <summary>Marks Texts.resx, the sentences of this folder.</summary>
internal sealed class Texts;
