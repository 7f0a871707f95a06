using System.Collections.Concurrent;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Tests.Peers;

/// <summary>Keeps what was delivered, thus only what was committed.</summary>
internal sealed class FakeEvents : IEventStream
{
    public ConcurrentQueue<(string Kind, int? StationNo, object Data)> Delivered { get; } = new();

    public void Publish(QingyuanDb db, string kind, int? stationNo, object data) => db.AfterCommit(() => Delivered.Enqueue((kind, stationNo, data)));

    public IAsyncEnumerable<LiveEvent> FollowAsync(long? afterSeq, CancellationToken ct) => AsyncEnumerable.Empty<LiveEvent>();
}
