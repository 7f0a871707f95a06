namespace Qingyuan.Console.Alarms;

/// <summary>What a person can do to an alarm.</summary>
public enum AlarmAct
{
    Acknowledge,
    Shelve,
    Clear,
}
