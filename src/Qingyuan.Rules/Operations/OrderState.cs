namespace Qingyuan.Rules.Operations;

/// <summary>Where a work order (工单) stands. Each state is reached by exactly one act.</summary>
public enum OrderState
{
    /// <summary>Open, offered to its technician.</summary>
    Dispatched,

    /// <summary>The technician has taken it.</summary>
    Accepted,

    /// <summary>On site.</summary>
    Arrived,

    /// <summary>The cause is named.</summary>
    Diagnosed,

    /// <summary>The remedy is done.</summary>
    Repaired,

    /// <summary>A functional test has been recorded.</summary>
    Tested,

    /// <summary>Handed in, waits for review by another role.</summary>
    Submitted,

    /// <summary>Another person of another role agrees.</summary>
    Reviewed,

    /// <summary>Finished; nothing follows.</summary>
    Closed,

    /// <summary>Given up with a reason; nothing follows.</summary>
    Cancelled,
}

/// <summary>What a person can do to a work order.</summary>
public enum OrderAct
{
    /// <summary>Take it.</summary>
    Accept,

    /// <summary>Be on site.</summary>
    Arrive,

    /// <summary>Name the cause.</summary>
    Diagnose,

    /// <summary>Record the remedy.</summary>
    Repair,

    /// <summary>Record the functional test and its result.</summary>
    Test,

    /// <summary>Hand in for review.</summary>
    Submit,

    /// <summary>Agree.</summary>
    Review,

    /// <summary>Send back for another repair or another diagnosis.</summary>
    Reject,

    /// <summary>Finish.</summary>
    Close,

    /// <summary>Give it to another technician, who starts at accepting it.</summary>
    Reassign,

    /// <summary>Give it up.</summary>
    Cancel,
}
