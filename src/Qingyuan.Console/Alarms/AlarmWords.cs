using Qingyuan.Console.Stations;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Alarms;

/// <summary>How alarms look; how they read is the slice's own.</summary>
internal static class AlarmWords
{
    /// <summary>What happened, with the factor by name where the station is known.</summary>
    public static string Sentence(AlarmView alarm, StationInfo? station) => AlarmTexts.Sentence(alarm.MessageCode, StationWords.Named(alarm.Args, station));

    public static string Sentence(AlarmView alarm, IStationDirectory stations) =>
        Sentence(alarm, alarm.StationNo is { } no ? stations.Get(no) : null);

    /// <summary>Shape and tone of the kind; the word stands beside it.</summary>
    public static (string Shape, string Tone) Look(AlarmKind kind) => kind switch
    {
        AlarmKind.Exceedance => ("square", "bad"),
        AlarmKind.DeviceFault => ("cross", "bad"),
        AlarmKind.Platform => ("triangle", "bad"),
        AlarmKind.EarlyWarning => ("triangle", "warn"),
        AlarmKind.QualityControlFailed or AlarmKind.ParameterDiffers => ("diamond", "warn"),
        AlarmKind.SuspectedFault => ("diamond", "doubt"),
        AlarmKind.StuckValue => ("square", "doubt"),
        _ => ("ring", "off"),
    };
}
