using System.Net;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>How many bytes nobody vouches for may still be kept: per address and UTC day, and of all addresses together.</summary>
/// <remarks>Counts since start. Addresses beyond the first ten thousand of a day share one allowance, so the table itself is bounded.</remarks>
internal sealed class QuarantineBudget(IngestOptions options, TimeProvider time)
{
    private const int MostAddresses = 10_000;

    /// <summary>What a stored frame costs beside its bytes, so that a stream of tiny ones is bounded as well.</summary>
    private const int PerFrame = 64;
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, long> _today = [];
    private DateOnly _day;
    private long _total;

    public long Total => Interlocked.Read(ref _total);

    /// <summary>Takes <paramref name="bytes"/> from the allowance of <paramref name="address"/>. False: they must not be kept.</summary>
    public bool TryTake(IPAddress address, long bytes)
    {
        bytes += PerFrame;
        lock (_lock)
        {
            StartDay();
            var key = _today.ContainsKey(address) || _today.Count < MostAddresses ? address : IPAddress.None;
            var used = _today.GetValueOrDefault(key);
            if (used + bytes > options.QuarantineBytesPerAddressAndDay || _total + bytes > options.QuarantineBytes) return false;
            _today[key] = used + bytes;
            _total += bytes;
            return true;
        }
    }

    private void StartDay()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (today == _day) return;
        _today.Clear();
        _day = today;
    }
}
