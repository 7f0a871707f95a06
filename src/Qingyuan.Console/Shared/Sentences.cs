using Microsoft.Extensions.Localization;
using Qingyuan.Rules.Kernel;
using Places = Qingyuan.Platform.Shared.Texts.Sentences;

namespace Qingyuan.Console.Shared;

/// <summary>Why something was refused, in the words of the slice that refused it.</summary>
internal sealed class Sentences(IEnumerable<Places> slices, IStringLocalizer<Texts> words)
{
    /// <summary>A code without a sentence shows itself with what it names: a new refusal must not be blank.</summary>
    public string Of(Refusal refusal) =>
        slices.Select(slice => slice.Find(refusal)).FirstOrDefault(text => text is not null) ?? words["refused", refusal.Code, string.Join(", ", refusal.Args)];
}
