using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store;

/// <param name="Differs">From the newest revision, null when there is none.</param>
internal sealed record DerivedRow(int StationNo, Resolution Resolution, DateTime Start, long MadeMicros, byte[] Content, Func<byte[]?, bool> Differs)
{
    public int Month => MonthName.Number(Start);
}

/// <summary>Derived results by station and period: revisions are added, never changed.</summary>
internal interface IDerivedRowStore
{
    /// <summary>In one transaction adds a revision of each whose newest one (null when there is none) differs.</summary>
    /// <returns>For each, in order, whether it was added.</returns>
    IReadOnlyList<bool> Add(IReadOnlyList<DerivedRow> rows);

    /// <summary>The newest revision of each period in [from, to), by start.</summary>
    IReadOnlyList<(DateTime Start, byte[] Values)> Read(int stationNo, Resolution resolution, DateTime from, DateTime to);
}
