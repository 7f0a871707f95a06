namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>A change people want to hear of at once; kept 24 hours for resuming, holds no readings.</summary>
/// <param name="Seq">Rises by at least one; the <c>id</c> of the server-sent event.</param>
/// <param name="Kind">Such as <c>alarm.raised</c>, <c>work-order.changed</c>, <c>station.link</c>.</param>
/// <param name="StationNo">For scoping; null concerns everyone.</param>
/// <param name="Data">JSON.</param>
public sealed record LiveEvent(long Seq, string Kind, int? StationNo, DateTimeOffset At, string Data);

/// <summary>Publishes inside the act's transaction, delivers after its commit.</summary>
public interface IEventStream
{
    void Publish(Shared.Persistence.QingyuanDb db, string kind, int? stationNo, object data);

    /// <summary>Events after <paramref name="afterSeq"/> (null = from now on), without end.</summary>
    IAsyncEnumerable<LiveEvent> FollowAsync(long? afterSeq, CancellationToken ct);
}
