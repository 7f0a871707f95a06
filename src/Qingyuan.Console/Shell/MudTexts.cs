using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Qingyuan.Console.Shell;

/// <summary>MudBlazor's own texts in Chinese; English is what it brings.</summary>
internal sealed class MudTexts(IStringLocalizer<MudWords> words) : MudLocalizer
{
    public override LocalizedString this[string key] => words[key];
}

/// <summary>Marks MudWords.resx.</summary>
internal sealed class MudWords;
