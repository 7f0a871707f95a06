using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Console.RemoteControl;

/// <summary>How commands look; how they read is the slice's own.</summary>
internal static class CommandWords
{
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
