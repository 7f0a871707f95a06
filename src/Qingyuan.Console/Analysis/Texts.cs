namespace Qingyuan.Console.Analysis;

/// <summary>Marks Texts.resx, the sentences of this folder.</summary>
internal sealed class Texts;
