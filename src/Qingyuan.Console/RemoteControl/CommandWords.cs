using Qingyuan.Console.Stations;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Console.RemoteControl;

/// <summary>How commands look; how they read is the slice's own.</summary>
internal static class CommandWords
{
    /// <summary>Why not, with a factor by its name at this station.</summary>
    public static string Reason(Refusal refusal, StationInfo station) =>
        RemoteControlTexts.Reason(refusal with { Args = [.. refusal.Args.Select(arg => arg is string code && station.Factors.Any(factor => factor.Code == code) ? FactorWords.Name(station, code) : arg)] });

    public static (string Shape, string? Tone) Look(CommandState state) => state switch
    {
        CommandState.Requested => ("ring", "warn"),
        CommandState.Done => ("square", "good"),
        CommandState.Refused or CommandState.Failed => ("cross", "bad"),
        CommandState.TimedOut => ("triangle", "doubt"),
        CommandState.Cancelled => ("cross", "off"),
        _ => ("dot", "care"),
    };
}
