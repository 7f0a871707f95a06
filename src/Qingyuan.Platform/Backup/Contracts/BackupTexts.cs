using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Backup.Contracts;

/// <summary>What the slice's codes say, in the language of the reader.</summary>
public static class BackupTexts
{
    internal static readonly Sentences All = new(typeof(BackupModule));

    public static string Kind(BackupKind kind, CultureInfo? culture = null) => All.Say("backup-kind." + AlarmTexts.Code(kind), culture);
}
