using Qingyuan.Console.Shared;

namespace Qingyuan.Console.Evidence;

/// <summary>Kinds of events that come with an entry in the ledger: whoever shows entries reads again after them.</summary>
internal static class LedgerEvents
{
    public static readonly IReadOnlyList<string> Recorded = ["alarm.", EventRelay.Archive, "command.", "device.", "mark.", "station.", "work-order."];
}
