using System.Globalization;
using System.Resources;

namespace Qingyuan.Hj212.Inspection;

/// <summary>Sentences for the codes of notes, refusals and strict rules.</summary>
public static class NoteTexts
{
    private static readonly ResourceManager Texts = new("Qingyuan.Hj212.Inspection.NoteTexts", typeof(NoteTexts).Assembly);

    /// <summary>The sentence in <paramref name="culture"/> (the current one by default); the code itself when there is none.</summary>
    public static string Of(string code, CultureInfo? culture = null) => Texts.GetString(code, culture) ?? code;
}
