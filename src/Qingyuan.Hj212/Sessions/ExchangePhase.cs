namespace Qingyuan.Hj212.Sessions;

/// <summary>Where an exchange stands, by what the other end said and never by a guess.</summary>
public enum ExchangePhase
{
    /// <summary>Sent; nothing came back yet.</summary>
    Sent,

    /// <summary>9011 says ready.</summary>
    Acknowledged,

    /// <summary>Data that were asked for have come.</summary>
    Executing,

    /// <summary>9012 says done, or 9013 or 9014 closed it.</summary>
    Done,

    /// <summary>9011 says no.</summary>
    Refused,

    /// <summary>9012 says it did not work.</summary>
    Failed,

    /// <summary>No reply to the frame and all its resends: the link counts as unusable (HJ 212-2017 6.1).</summary>
    Unanswered,

    /// <summary>Acknowledged, and then neither data nor result in time: the command has failed, and whether it was carried out is not known.</summary>
    Expired,
}
