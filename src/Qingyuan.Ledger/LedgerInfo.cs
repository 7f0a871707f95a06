namespace Qingyuan.Ledger;

/// <summary>Placeholder.</summary>
internal static class LedgerInfo;
