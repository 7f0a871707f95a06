using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Backup.Contracts;

/// <summary>What the slice's codes say, in the language of the reader.</summary>
public static class BackupTexts
{
    internal static readonly Sentences All = new(typeof(BackupModule));

    /// <summary>Why not.</summary>
    public static string Refusal(Rules.Kernel.Refusal refusal, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return All.Say(refusal.Code, refusal.Args.Index().ToDictionary(arg => arg.Index.ToString(CultureInfo.InvariantCulture), arg => arg.Item.ToString() ?? ""), culture);
    }

    public static string Kind(BackupKind kind, CultureInfo? culture = null) => All.Say("backup-kind." + AlarmTexts.Code(kind), culture);
}
