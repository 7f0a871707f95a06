using System.Globalization;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Console.Stations.Curves;

/// <summary>Rows as points to draw: gaps stay gaps, invalid points leave the line, extremes survive the thinning.</summary>
/// <remarks>For the eye only: nothing here is stored or judged.</remarks>
internal static class CurvePoints
{
    private const int Buckets = 1000; // two extremes each: about 2,000 points a series

    /// <summary>Wall clock as the milliseconds the chart's UTC axis takes.</summary>
    public static long Milliseconds(DateTime wall) => (wall.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    public static DateTime Wall(long milliseconds) => new(DateTime.UnixEpoch.Ticks + (milliseconds * TimeSpan.TicksPerMillisecond), DateTimeKind.Unspecified);

    /// <param name="rows">In time order.</param>
    /// <param name="channel">Which value of a row.</param>
    /// <param name="interval">Expected distance; more than two and a half of it is a gap.</param>
    /// <param name="from">Start of the window.</param>
    /// <param name="to">End of the window.</param>
    public static (IReadOnlyList<object?[]> Line, IReadOnlyList<object?[]> Hollow) Of(
        IReadOnlyList<ReadingRow> rows, CurveChannel channel, TimeSpan interval, DateTime from, DateTime to)
    {
        List<object?[]> line = [], hollow = [];
        DateTime? last = null;
        foreach (var row in rows)
        {
            if (Number(row, channel) is not { } number) continue;
            if (last is { } before && row.At - before > interval * 2.5) line.Add(Gap(before + interval));
            last = row.At;
            var plain = IsPlain(row, channel);
            var point = Point(row, channel, number, !plain);
            if (plain) line.Add(point);
            else
            {
                hollow.Add(point);
                line.Add(Gap(row.At));
            }
        }
        var width = Math.Max(1, (Milliseconds(to) - Milliseconds(from)) / Buckets);
        return (Thin(line, width), Thin(hollow, width));
    }

    /// <summary>Keeps the least and the greatest of each bucket, in time order, and every gap.</summary>
    public static IReadOnlyList<object?[]> Thin(IReadOnlyList<object?[]> points, long width)
    {
        if (points.Count <= Buckets * 2) return points;
        List<object?[]> kept = [];
        object?[]? least = null, greatest = null;
        long bucket = long.MinValue;
        foreach (var point in points)
        {
            var at = (long)point[0]! / width;
            if (point[1] is not decimal value)
            {
                Flush();
                if (kept.Count is 0 || kept[^1][1] is not null) kept.Add(point);
                continue;
            }
            if (at != bucket) Flush();
            bucket = at;
            if (least is null || value < (decimal)least[1]!) least = point;
            if (greatest is null || value > (decimal)greatest[1]!) greatest = point;
        }
        Flush();
        return kept;

        void Flush()
        {
            if (least is null || greatest is null) return;
            var (first, second) = (long)least[0]! <= (long)greatest[0]! ? (least, greatest) : (greatest, least);
            kept.Add(first);
            if (!ReferenceEquals(first, second)) kept.Add(second);
            (least, greatest) = (null, null);
        }
    }

    private static decimal? Number(ReadingRow row, CurveChannel channel) =>
        decimal.TryParse(channel.Converted ? row.Converted : row.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsPlain(ReadingRow row, CurveChannel channel) =>
        channel.Derived ? row.Verdict is null or "valid" : FlagWords.IsPlain(row.Flag);

    private static object?[] Point(ReadingRow row, CurveChannel channel, decimal number, bool hollow) =>
        [Milliseconds(row.At), number, channel.Converted ? row.Converted : row.Value, channel.Derived ? row.Verdict : row.Flag, row.Frame?.ToString(), hollow ? 1 : 0];

    private static object?[] Gap(DateTime at) => [Milliseconds(at), null];
}
