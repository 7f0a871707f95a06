using System.Globalization;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Benchmarks.Telemetry;

/// <summary>
/// The test source of the storage design: 20 factors a minute, autocorrelated, 1 to 3 decimals, 0.8 % flags that are not N. Its innovations are Gaussian with
/// known deviations, so its entropy is known: 0.90 bytes a value.
/// </summary>
internal sealed class SyntheticStation(int number)
{
    public const int Factors = 20;
    public const int Minutes = 60;
    public const int PointsAnHour = Factors * Minutes;

    private const double FlagRate = 0.008;
    private const double CommitsPerSecond = 200; // 2,000 stations that all report in the first five seconds of a minute

    private static readonly double[] s_deviations = [.. Enumerable.Range(0, Factors).Select(i => 32.0 * Math.Pow(2, (i - 9.5) / 5))];

    private readonly Random _random = new(number);
    private readonly double[] _levels = [.. Enumerable.Range(0, Factors).Select(i => 20_000.0 + (1_000 * i))];

    /// <summary>Entropy in bytes a value: that of the innovations and of the flags.</summary>
    public static double Entropy
    {
        get
        {
            var values = s_deviations.Average(deviation => Math.Log2(deviation * Math.Sqrt(2 * Math.PI * Math.E)));
            var flags = -(FlagRate * Math.Log2(FlagRate / 3)) - ((1 - FlagRate) * Math.Log2(1 - FlagRate));
            return (values + flags) / 8;
        }
    }

    public Chunk Hour(DateTime start, bool frameReferences = true)
    {
        var chunk = new Chunk(ChunkKey.Of(Resolution.Realtime, start, number));
        for (var minute = 0; minute < Minutes; minute++) chunk.Apply(Frame(start.AddMinutes(minute), frameReferences), []);
        return chunk;
    }

    private ReportedValues Frame(DateTime at, bool frameReferences)
    {
        var values = new ReportedValue[Factors];
        for (var i = 0; i < Factors; i++)
        {
            // Drawn back to its level so slowly that differences are the innovations.
            var level = 20_000.0 + (1_000 * i);
            _levels[i] += (0.002 * (level - _levels[i])) + (s_deviations[i] * Gaussian());
            var flag = _random.NextDouble() < FlagRate ? "CDM"[_random.Next(3)].ToString() : "N";
            values[i] = new(string.Create(CultureInfo.InvariantCulture, $"a{21_000 + i}"), "Rtd", DecimalText.Format((int)Math.Round(_levels[i]), 1 + (i % 3)), flag, null);
        }

        if (!frameReferences) return new(new(1, 0), Resolution.Realtime, at, StationClock.Instant(at), values);
        var delay = (number % 100 * 0.05) + Math.Abs(0.08 * Gaussian());
        var batch = (1L << 32) + (long)((((at.Ticks / TimeSpan.TicksPerMinute) - 1_000_000_000) * 5 * CommitsPerSecond) + (delay * CommitsPerSecond));
        return new(new(batch, _random.Next(4)), Resolution.Realtime, at, StationClock.Instant(at).AddTicks((long)(delay * 1e6) * 10), values);
    }

    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
