using Microsoft.Extensions.Localization;
using Qingyuan.Console.Shared;
using Qingyuan.Platform.Alarms.Contracts;

namespace Qingyuan.Console.Alarms;

/// <summary>How alarms look and read.</summary>
internal sealed class AlarmWords(IStringLocalizer<Texts> words)
{
    /// <summary>What happened, in the reader's language.</summary>
    public string Sentence(AlarmView alarm)
    {
        var template = words["message." + alarm.MessageCode];
        if (!template.ResourceNotFound) return Sentences.Fill(template, alarm.Args);
        return $"{Kind(alarm)} {string.Join(' ', alarm.Args.Values)}".TrimEnd();
    }

    public string Kind(AlarmView alarm) => words["kind." + alarm.Kind];

    public string State(AlarmView alarm) => words["state." + alarm.State];

    public string Severity(AlarmView alarm) => words["severity." + alarm.Severity];

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
