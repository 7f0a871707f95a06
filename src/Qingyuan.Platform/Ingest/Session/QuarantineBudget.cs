using System.Net;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>How many bytes nobody vouches for may still be kept today: per address, and of all addresses together. Midnight UTC gives a new allowance.</summary>
/// <remarks>
/// It protects the disk from strangers: what they sent is evidence and never deleted, so the only thing that can be bounded is how fast it grows.
/// A restart gives nothing back: <see cref="QuarantineCount"/> counts what is on disk of the day. Addresses beyond the first ten thousand of a day share one allowance, so the table itself is bounded.
/// </remarks>
internal sealed class QuarantineBudget(IngestOptions options, TimeProvider time)
{
    private const int MostAddresses = 10_000;

    /// <summary>What a stored frame costs beside its bytes, so that a stream of tiny ones is bounded as well.</summary>
    private const int PerFrame = 64;
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, long> _today = [];
    private DateOnly _day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
    private long _total;

    /// <summary>Of today, all addresses together.</summary>
    public long Total
    {
        get
        {
            lock (_lock)
            {
                StartDay();
                return _total;
            }
        }
    }

    /// <summary>Takes <paramref name="bytes"/> from the allowance of <paramref name="address"/>. False: they must not be kept.</summary>
    public bool TryTake(IPAddress address, long bytes)
    {
        bytes += PerFrame;
        lock (_lock)
        {
            StartDay();
            var key = Key(address);
            if (_today.GetValueOrDefault(key) + bytes > options.QuarantineBytesPerAddressAndDay || _total + bytes > options.QuarantineBytes) return false;
            Add(key, bytes);
            return true;
        }
    }

    /// <summary>Something that was kept on <paramref name="day"/> (UTC) before this run began.</summary>
    public void Kept(DateOnly day, IPAddress address, long bytes)
    {
        lock (_lock)
        {
            StartDay();
            if (day == _day) Add(Key(address), bytes + PerFrame);
        }
    }

    private IPAddress Key(IPAddress address) => _today.ContainsKey(address) || _today.Count < MostAddresses ? address : IPAddress.None;

    private void Add(IPAddress key, long bytes)
    {
        _today[key] = _today.GetValueOrDefault(key) + bytes;
        _total += bytes;
    }

    private void StartDay()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (today == _day) return;
        _today.Clear();
        (_day, _total) = (today, 0);
    }
}
