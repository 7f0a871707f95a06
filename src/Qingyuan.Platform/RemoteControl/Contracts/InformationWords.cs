using System.Globalization;
using Qingyuan.Hj212.Dictionaries;

namespace Qingyuan.Platform.RemoteControl.Contracts;

/// <summary>Names and values of field information (现场端信息, HJ 212-2017 B.10) for people.</summary>
public static class InformationWords
{
    /// <summary>Settings an analyser can tell, to choose from when filing.</summary>
    public static IReadOnlyList<string> Parameters { get; } = [.. InformationCodes.All.Where(code => code is { Kind: InformationKind.Parameter, Device: InformationDevice.Instrument }).Select(code => code.Row.Code)];

    /// <summary>The name; the code itself when no table has it.</summary>
    public static string Name(string code, CultureInfo? culture = null) => InformationCodes.TryGet(code, out var known) ? IsChinese(culture) ? known.Row.NameZh : known.Row.NameEn : code;

    public static string? Unit(string code) => InformationCodes.TryGet(code, out var known) && known.Row.Unit is not ("1" or "-") ? known.Row.Unit : null;

    /// <summary>What a state says, after its number; any other value as it is.</summary>
    public static string Value(string code, string value, CultureInfo? culture = null) =>
        InformationCodes.TryGet(code, out var known) && known.Values.FirstOrDefault(meaning => meaning.Code == value) is { } meaning ? $"{value} {(IsChinese(culture) ? meaning.NameZh : meaning.NameEn)}" : value;

    private static bool IsChinese(CultureInfo? culture) => (culture ?? CultureInfo.CurrentUICulture).TwoLetterISOLanguageName is "zh";
}
