using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.RemoteControl;

/// <summary>The life of a command: requested, released, sent, acknowledged, executing, and then exactly one end.</summary>
[Clause("HJ 212-2017", "6.1")]
public static class CommandLife
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("REMOTE-COMMAND", "1");

    /// <summary>True for done, refused, failed, timed out, cancelled.</summary>
    public static bool HasEnded(CommandState state) => state >= CommandState.Done;

    /// <summary>The next state; the same one when the event changes nothing, as late and repeated answers do.</summary>
    public static CommandState Next(CommandState state, CommandEvent happened) => (state, happened) switch
    {
        (CommandState.Requested, CommandEvent.Release) => CommandState.Released,
        (CommandState.Requested or CommandState.Released, CommandEvent.Cancel) => CommandState.Cancelled,
        (CommandState.Requested or CommandState.Released, CommandEvent.Refuse) => CommandState.Refused,
        (CommandState.Requested or CommandState.Released, CommandEvent.TimeOut) => CommandState.TimedOut,
        (CommandState.Released, CommandEvent.Send) => CommandState.Sent,
        (CommandState.Sent, CommandEvent.Acknowledge) => CommandState.Acknowledged,
        (CommandState.Sent, CommandEvent.Refuse) => CommandState.Refused,
        (CommandState.Sent or CommandState.Acknowledged, CommandEvent.Data) => CommandState.Executing,
        (CommandState.Sent or CommandState.Acknowledged or CommandState.Executing, CommandEvent.Done) => CommandState.Done,
        (CommandState.Sent or CommandState.Acknowledged or CommandState.Executing, CommandEvent.Fail) => CommandState.Failed,
        (CommandState.Sent or CommandState.Acknowledged or CommandState.Executing, CommandEvent.TimeOut) => CommandState.TimedOut,
        _ => state,
    };
}
