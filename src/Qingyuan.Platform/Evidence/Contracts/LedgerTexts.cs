using System.Globalization;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Evidence.Contracts;

/// <summary>What kinds of records and states of evidence are called, in the reader's language.</summary>
public static class LedgerTexts
{
    internal static readonly Sentences All = new(typeof(EvidenceModule));

    /// <summary>The kind's name; of an unknown kind that of its nearest known parent, else the kind itself.</summary>
    public static string Kind(string kind, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(kind);
        for (var name = kind; ;)
        {
            if (All.Find("kind." + name, culture) is { } found) return found;
            var dot = name.LastIndexOf('.');
            if (dot < 0) return kind;
            name = name[..dot];
        }
    }

    /// <summary>The state, told truthfully: <c>logged</c> says that it is one party's word.</summary>
    public static string State(EvidenceState state, CultureInfo? culture = null) => All.Say("state." + state.ToString().ToLowerInvariant(), culture);

    /// <summary>How the log stands: held and why, to be succeeded and under which name, or logged.</summary>
    public static string Standing(LogStanding standing, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(standing);
        if (standing.IsHeld) return All.Say("log.held", culture);
        return standing.Successor is { } name ? All.Say("log.succeeding", new Dictionary<string, string> { ["name"] = name }, culture) : State(EvidenceState.Logged, culture);
    }

    /// <summary>The name of a check in a verification.</summary>
    public static string Check(string check, CultureInfo? culture = null) => All.Find("check." + check, culture) ?? check;
}
