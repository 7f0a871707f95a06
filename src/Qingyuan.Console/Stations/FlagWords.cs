using Microsoft.Extensions.Localization;
using Qingyuan.Console.Shared;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Stations;

/// <summary>Letters of data marks in words, by the table the station speaks.</summary>
internal static class FlagWords
{
    /// <summary>True for a mark that says nothing against the value.</summary>
    public static bool IsPlain(string? flag) => flag is null or "" or "N";

    public static string Of(string flag, FlagTable table, IStringLocalizer<Shared.Texts> words) => words.OrCode($"flag.{table}.{flag}", flag);

    public static string Tone(string flag) => flag switch
    {
        "C" or "M" => "care",
        "D" or "T" => "bad",
        "S" or "P" => "warn",
        _ => "off",
    };
}
