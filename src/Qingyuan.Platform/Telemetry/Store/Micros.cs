using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>Instants as Unix microseconds, the form in which SQLite keeps them.</summary>
internal static class Micros
{
    public const long PerHour = 3_600_000_000;

    public static long Of(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    public static DateTimeOffset Instant(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * 10);

    /// <summary>Whole hours since 1970, UTC.</summary>
    public static int Hour(long micros) => (int)Math.DivRem(micros, PerHour, out var rest) - (rest < 0 ? 1 : 0);

    /// <summary><c>yyyy-MM</c> of the UTC month, as in file names.</summary>
    public static int Month(long micros) => MonthName.Number(Instant(micros).UtcDateTime);
}
