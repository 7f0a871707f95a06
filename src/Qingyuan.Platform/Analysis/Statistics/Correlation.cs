namespace Qingyuan.Platform.Analysis.Statistics;

/// <summary>Whether two things go together.</summary>
internal static class Correlation
{
    private const int Fewest = 3;

    /// <summary>Pearson's coefficient.</summary>
    /// <returns>From -1 to 1; null with fewer than three pairs or when one side never changes.</returns>
    public static double? Of(IReadOnlyCollection<(double X, double Y)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count < Fewest) return null;
        var (meanX, meanY) = (pairs.Average(pair => pair.X), pairs.Average(pair => pair.Y));
        var (both, squareX, squareY) = (0.0, 0.0, 0.0);
        foreach (var (x, y) in pairs)
        {
            both += (x - meanX) * (y - meanY);
            squareX += (x - meanX) * (x - meanX);
            squareY += (y - meanY) * (y - meanY);
        }

        return squareX > 0 && squareY > 0 ? Math.Max(-1, Math.Min(1, both / Math.Sqrt(squareX * squareY))) : null;
    }
}
