using Qingyuan.Platform.Shared.Texts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>What the archive's codes say, in the language of the reader.</summary>
internal static class StationTexts
{
    public static readonly Sentences All = new(typeof(StationTexts));

    public static string Say(Refusal refusal) => All.Find(refusal) ?? refusal.Code;
}
