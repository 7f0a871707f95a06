using System.Globalization;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>What belongs in a field that cannot be taken as it is: the code of a sentence and what stands in the sentence's places.</summary>
/// <param name="Texts">Hold the sentence under <c>field.</c> and the code. What many ask for is among <see cref="Faults"/>.</param>
/// <param name="Places">For <c>{0}</c>, <c>{1}</c> and so on.</param>
public sealed record Fault(Sentences Texts, string Code, params object[] Places)
{
    /// <summary>The sentence; in the language of the reader unless <paramref name="culture"/> says otherwise. A code without one is shown itself.</summary>
    public string Say(CultureInfo? culture = null) => Sentences.Fill(Texts.Find("field." + Code, culture) ?? Code, Numbered());

    /// <summary>The sentence, in the language of the reader.</summary>
    public override string ToString() => Say();

    private Dictionary<string, string> Numbered() =>
        Places.Index().ToDictionary(place => Text(place.Index), place => Text(place.Item), StringComparer.Ordinal);

    private static string Text(object place) => Convert.ToString(place, CultureInfo.InvariantCulture) ?? "";
}
