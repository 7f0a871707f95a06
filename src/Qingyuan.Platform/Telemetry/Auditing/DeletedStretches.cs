using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Auditing;

/// <summary>Parts of the chain that two persons had deleted: the chain goes on behind them.</summary>
internal sealed class DeletedStretches(IEnumerable<LogStretch> stretches)
{
    private readonly Dictionary<string, string> _after = stretches.GroupBy(stretch => stretch.Before).ToDictionary(same => same.Key, same => same.First().After, StringComparer.Ordinal);

    /// <summary>Whether a batch that was chained to <paramref name="previous"/> follows <paramref name="head"/>, directly or with nothing but deleted batches between.</summary>
    public bool Bridge(byte[] head, byte[] previous)
    {
        if (head.AsSpan().SequenceEqual(previous)) return true;
        var (at, wanted) = (Convert.ToHexStringLower(head), Convert.ToHexStringLower(previous));
        // Hashes never come again, so there is no circle; the count is for who tampers with the table.
        for (var steps = 0; steps <= _after.Count && _after.TryGetValue(at, out var next); steps++)
        {
            if (next == wanted) return true;
            at = next;
        }

        return false;
    }
}
