namespace Qingyuan.Platform.Evidence.Contracts;

/// <summary>Where a station stands, for the record.</summary>
/// <param name="Site">Identity of the permit outlet, such as <c>outlet:91310000MA1FL0XX1X001P-DW001</c>: the <c>site</c> of log entries.</param>
/// <param name="Mn">The station's MN today, for people.</param>
public sealed record LedgerPlace(string Site, string Mn);

/// <summary>Names places. Declared here and implemented by the slice that holds the archive, so that the ledger depends on nobody's archive.</summary>
public interface ILedgerPlaces
{
    /// <summary>Null when there is no such station.</summary>
    LedgerPlace? Of(int stationNo);
}
