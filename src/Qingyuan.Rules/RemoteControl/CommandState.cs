namespace Qingyuan.Rules.RemoteControl;

/// <summary>Where a command stands. From <see cref="Sent"/> on only by what the device answered, or did not answer in time.</summary>
public enum CommandState
{
    /// <summary>Asked for; waits for a second person.</summary>
    Requested,

    /// <summary>May go out.</summary>
    Released,

    /// <summary>On its way, or about to be: written down before the first byte leaves.</summary>
    Sent,

    /// <summary>The device says it is ready (9011).</summary>
    Acknowledged,

    /// <summary>Data of it have come.</summary>
    Executing,

    /// <summary>The device says done (9012).</summary>
    Done,

    /// <summary>A precondition failed, or the device said no (QnRtn).</summary>
    Refused,

    /// <summary>The device says it did not work (ExeRtn).</summary>
    Failed,

    /// <summary>No reply, or no result after one. Whether it was carried out is not known.</summary>
    TimedOut,

    /// <summary>Taken back before it went out.</summary>
    Cancelled,
}

/// <summary>What can happen to a command.</summary>
public enum CommandEvent
{
    /// <summary>By a second person, or at once when none is needed.</summary>
    Release,

    /// <summary>It goes out.</summary>
    Send,

    /// <summary>9011 ready.</summary>
    Acknowledge,

    /// <summary>Data with its QN.</summary>
    Data,

    /// <summary>9012 done.</summary>
    Done,

    /// <summary>A precondition, or 9011 no.</summary>
    Refuse,

    /// <summary>9012 not done.</summary>
    Fail,

    /// <summary>No answer in time.</summary>
    TimeOut,

    /// <summary>By a person.</summary>
    Cancel,
}
