using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Backup.Drilling;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Backup.Contracts;

/// <summary>What the slice's codes say, in the language of the reader.</summary>
public static class BackupTexts
{
    internal static readonly Sentences All = new(typeof(BackupModule));

    public static string Kind(BackupKind kind, CultureInfo? culture = null) => All.Say("backup-kind." + AlarmTexts.Code(kind), culture);

    /// <summary>One finding of a drill; what has no sentence, such as an exception's own message, is shown as it stands.</summary>
    public static string Finding(string finding, CultureInfo? culture = null) =>
        FindingShapes.Read(finding) is var (code, args) ? All.Say(code, args, culture) : finding;
}
