using Qingyuan.Platform.Alarms.Contracts;

namespace Qingyuan.Console.Alarms;

/// <summary>How alarms look; how they read is the slice's own.</summary>
internal static class AlarmWords
{
    public static string Sentence(AlarmView alarm) => AlarmTexts.Sentence(alarm.MessageCode, alarm.Args);

    /// <summary>Shape and tone of the kind; the word stands beside it.</summary>
    public static (string Shape, string Tone) Look(AlarmKind kind) => kind switch
    {
        AlarmKind.Exceedance => ("square", "bad"),
        AlarmKind.DeviceFault => ("cross", "bad"),
        AlarmKind.Platform => ("triangle", "bad"),
        AlarmKind.EarlyWarning => ("triangle", "warn"),
        AlarmKind.QualityControlFailed => ("diamond", "warn"),
        AlarmKind.SuspectedFault => ("diamond", "doubt"),
        AlarmKind.StuckValue => ("square", "doubt"),
        _ => ("ring", "off"),
    };
}
