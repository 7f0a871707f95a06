using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>Derived results by station and period: revisions are added, never changed.</summary>
internal interface IDerivedRowStore
{
    /// <summary>Adds a revision when <paramref name="differs"/> says so of the newest one (null when there is none).</summary>
    /// <returns>True when it was added.</returns>
    bool Add(int stationNo, Resolution resolution, DateTime start, long madeMicros, byte[] values, Func<byte[]?, bool> differs);

    /// <summary>The newest revision of each period in [from, to), by start.</summary>
    IReadOnlyList<(DateTime Start, byte[] Values)> Read(int stationNo, Resolution resolution, DateTime from, DateTime to);
}
