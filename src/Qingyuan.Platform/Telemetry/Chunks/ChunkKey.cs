using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>
/// Which chunk: real-time and minute values are kept by station and hour, hourly ones by day, daily ones by month, all by the station's own wall clock.
/// <see cref="Value"/> (period, then station) is the row's key, so that closing an hour appends.
/// </summary>
internal readonly record struct ChunkKey(Resolution Resolution, int Period, int StationNo)
{
    public long Value => ((long)Period << 32) | (uint)StationNo;

    public DateTime Start => Resolution switch
    {
        Resolution.Realtime or Resolution.Minute => new(Period * TimeSpan.TicksPerHour),
        Resolution.Hour => new(Period * TimeSpan.TicksPerDay),
        _ => new(Period / 12, (Period % 12) + 1, 1),
    };

    /// <summary>First moment that belongs to the next one.</summary>
    public DateTime End => Period == PeriodOf(Resolution, DateTime.MaxValue)
        ? DateTime.MaxValue
        : (this with { Period = Period + 1 }).Start;

    /// <summary>The file it belongs to: years times twelve plus month.</summary>
    public int Month => MonthName.Number(Start);

    public static ChunkKey Of(Resolution resolution, DateTime at, int stationNo) => new(resolution, PeriodOf(resolution, at), stationNo);

    public static ChunkKey FromValue(Resolution resolution, long value) => new(resolution, (int)(value >> 32), (int)value);

    /// <summary>The chunks that may hold values of [from, to).</summary>
    public static IEnumerable<ChunkKey> Between(Resolution resolution, DateTime from, DateTime to, int stationNo)
    {
        if (from >= to) yield break;
        var last = PeriodOf(resolution, to.AddTicks(-1));
        for (var period = PeriodOf(resolution, from); period <= last; period++) yield return new(resolution, period, stationNo);
    }

    private static int PeriodOf(Resolution resolution, DateTime at) => resolution switch
    {
        Resolution.Realtime or Resolution.Minute => (int)(at.Ticks / TimeSpan.TicksPerHour),
        Resolution.Hour => (int)(at.Ticks / TimeSpan.TicksPerDay),
        _ => MonthName.Number(at),
    };
}
