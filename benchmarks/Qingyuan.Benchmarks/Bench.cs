using System.Globalization;

namespace Qingyuan.Benchmarks;

/// <summary>Measures, and prints each result as one JSON line with the physical limit measured in the same run.</summary>
/// <remarks>Work on one core is timed by the processor time it took, so that a busy machine does not pass for slow code.</remarks>
internal static class Bench
{
    /// <summary>False once a result missed the least it must reach.</summary>
    public static bool AllReached { get; private set; } = true;

    /// <summary>Runs single-threaded <paramref name="work"/> over and over for about <paramref name="seconds"/> of processor time, several times, and returns the median of operations a second.</summary>
    /// <param name="work">Does a round and returns how many operations that was.</param>
    public static double PerSecond(Func<long> work, double seconds = 0.3, int runs = 7)
    {
        Once(work, seconds);
        return Median(Enumerable.Range(0, runs).Select(_ => Once(work, seconds)));
    }

    /// <summary>The same for several pieces of work, in turns, so that a busy neighbour slows all of them alike.</summary>
    public static double[] PerSecond(Func<long>[] works, double seconds = 0.3, int runs = 7)
    {
        foreach (var work in works) PerSecond(work, seconds, runs: 1);
        var rounds = Enumerable.Range(0, runs).Select(_ => works.Select(work => Once(work, seconds)).ToArray()).ToArray();
        return [.. works.Select((_, at) => Median(rounds.Select(round => round[at])))];
    }

    /// <summary>The middle one, or the mean of the two middle ones.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Prints one result. <paramref name="must"/> and <paramref name="mustRatio"/> are what has to be reached, in the direction of <paramref name="better"/>.</summary>
    public static void Report(string bench, double value, string unit, string better = "higher", double? limit = null, double? must = null, double? mustRatio = null)
    {
        var ratio = limit is > 0 ? value / limit : null;
        var reached = Reaches(value, must, better) && Reaches(ratio, mustRatio, better);
        AllReached &= reached;
        Terminal.WriteLine(
            $$"""{"bench":"{{bench}}","value":{{Number(value)}},"unit":"{{unit}}","better":"{{better}}","limit":{{Number(limit)}},"ratio":{{Number(ratio)}},"must":{{Number(must)}},"mustRatio":{{Number(mustRatio)}},"reached":{{(reached ? "true" : "false")}}}""");
    }

    private static bool Reaches(double? value, double? must, string better) =>
        must is null || value is null || (better == "higher" ? value >= must : value <= must);

    private static double Once(Func<long> work, double seconds)
    {
        var (count, from) = (0L, Environment.CpuUsage.TotalTime);
        while (true)
        {
            count += work();
            var taken = (Environment.CpuUsage.TotalTime - from).TotalSeconds;
            if (taken >= seconds) return count / taken;
        }
    }

    private static string Number(double? value) =>
        value is { } number ? number.ToString(number is 0 or >= 1000 or <= -1000 ? "F0" : "G4", CultureInfo.InvariantCulture) : "null";
}
