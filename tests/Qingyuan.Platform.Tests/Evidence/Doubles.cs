using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Evidence;

/// <summary>A real disk that fills up or dies when the test says so.</summary>
internal sealed class FaultyDisk(ILogDisk inner) : ILogDisk
{
    public bool IsFull { get; set; }

    public byte[]? Read(string path) => inner.Read(path);

    public byte[] Read(string path, long offset, int length) => inner.Read(path, offset, length);

    public long Length(string path) => inner.Length(path);

    public IReadOnlyList<string> List(string folder) => inner.List(folder);

    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        if (IsFull) inner.Append(path, bytes[..(bytes.Length / 2)]); // what a full disk leaves behind
        RequireSpace();
        inner.Append(path, bytes);
    }

    public void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        RequireSpace();
        inner.Replace(path, bytes);
    }

    public void Truncate(string path, long length) => inner.Truncate(path, length);

    public void Delete(string path) => inner.Delete(path);

    public IDisposable Lock(string path) => inner.Lock(path);

    private void RequireSpace()
    {
        if (IsFull) throw new IOException("No space left on device");
    }
}

internal sealed class FakeEvidenceAlarm : IEvidenceAlarm
{
    public List<string> Said { get; } = [];

    public Task StalledAsync(string why, CancellationToken ct)
    {
        Said.Add("stalled: " + why);
        return Task.CompletedTask;
    }

    public Task RecoveredAsync(CancellationToken ct)
    {
        Said.Add("recovered");
        return Task.CompletedTask;
    }
}

internal sealed class FakePlaces : ILedgerPlaces
{
    public LedgerPlace? Of(int stationNo) => stationNo < 100 ? new($"outlet:P-DW{stationNo:000}", $"MN{stationNo}") : null;
}

/// <summary>Frames by received hour.</summary>
internal sealed class FakeFrames : IFrameReader
{
    public SortedDictionary<DateTimeOffset, List<(int StationNo, byte[] Sha256)>> Hours { get; } = [];

    public Task<StoredFrame?> FindAsync(FrameId id, CancellationToken ct) => Task.FromResult<StoredFrame?>(null);

    public Task<Page<StoredFrame>> ListAsync(FrameQuery query, CancellationToken ct) => Task.FromResult(Hours.Count == 0
        ? new Page<StoredFrame>([], null)
        : new Page<StoredFrame>([new(new(1, 0), new(1, "MN1", Hours.Keys.First().AddMinutes(20), FrameVerdict.Accepted, null, "x"), default)], null));

    public Task<Page<StoredFrame>> NewestAsync(string mn, DateTimeOffset? to, int limit, string? after, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<(int StationNo, IReadOnlyList<byte[]> FrameSha256)>> HourDigestsAsync(DateTimeOffset hour, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<(int, IReadOnlyList<byte[]>)>>([.. Hours.GetValueOrDefault(hour, []).GroupBy(frame => frame.StationNo).OrderBy(group => group.Key)
            .Select(group => (group.Key, (IReadOnlyList<byte[]>)[.. group.Select(frame => frame.Sha256)]))]);
}
