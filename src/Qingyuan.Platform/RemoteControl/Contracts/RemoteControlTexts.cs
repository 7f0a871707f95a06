using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared.Texts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Contracts;

/// <summary>What the slice's codes say, in the language of the reader.</summary>
public static class RemoteControlTexts
{
    internal static readonly Sentences All = new(typeof(RemoteControlModule));

    /// <summary>The operation's name; a check is one with gas or with solution by the kind of station.</summary>
    public static string Operation(string code, StationKind? kind, CultureInfo? culture = null) =>
        (kind is StationKind.Gas ? All.Find($"operation.{code}.gas", culture) : null) ?? All.Say("operation." + code, culture);

    public static string State(CommandState state, CultureInfo? culture = null) => All.Say("state." + AlarmTexts.Code(state), culture);

    /// <summary>Name of a parameter, without the mark of one that may be left out.</summary>
    public static string Parameter(string name, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.Say("parameter." + name.TrimEnd('?'), culture);
    }

    /// <summary>Name of what a patrol looked at; a reading has that of its operation.</summary>
    public static string Patrol(string code, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return All.Find(code, culture) ?? (code.StartsWith("patrol.", StringComparison.Ordinal) ? Operation(code[7..], null, culture) : code);
    }

    /// <summary>What a patrol found; a code of why something could not be read in words.</summary>
    public static string Found(string found, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(found);
        return found.StartsWith("command.", StringComparison.Ordinal) ? All.Say(found, new Dictionary<string, string>(), culture) : found;
    }

    public static string Remark(string code, CultureInfo? culture = null) => All.Say(code, culture);

    public static string Reason(Refusal refusal, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (at, arg) in refusal.Args.Index()) places[at.ToString(CultureInfo.InvariantCulture)] = Convert.ToString(arg, CultureInfo.InvariantCulture) ?? "";
        return All.Say(refusal.Code, places, culture);
    }
}
