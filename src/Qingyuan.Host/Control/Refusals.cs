using System.Globalization;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Texts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Host.Control;

/// <summary>Refusals as the command line says them: the code for scripts, then the slice's own sentence for people.</summary>
internal static class Refusals
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>Input that cannot be is wrong use; a state that forbids it is a no; a full disk is neither.</summary>
    public static ControlAnswer Refuse(this IServiceProvider services, Refusal refusal)
    {
        var why = services.GetServices<Sentences>().Select(sentences => sentences.Find(refusal.Code, English)).FirstOrDefault(found => found is not null) is { } sentence
            ? $"{refusal.Code}: {Sentences.Fill(sentence, Places(refusal))}"
            : refusal.Args.Length is 0 ? refusal.Code : $"{refusal.Code}: {string.Join(", ", refusal.Args)}";
        if (Problems.IsOfTheWorld(refusal)) return ControlAnswer.Failed(why);
        return refusal.Code.EndsWith("-invalid", StringComparison.Ordinal) || refusal.Code.EndsWith("-missing", StringComparison.Ordinal) ? ControlAnswer.WrongUse(why) : ControlAnswer.No(why);
    }

    private static Dictionary<string, string> Places(Refusal refusal) =>
        refusal.Args.Index().ToDictionary(each => each.Index.ToString(CultureInfo.InvariantCulture), each => each.Item?.ToString() ?? "");
}
