using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Events;

/// <summary>Writes events with the act and hands them out after its commit, from the table: what is followed is what is stored.</summary>
internal sealed class EventStream(IDatabase database, EventFanOut fanOut, TimeProvider clock) : IEventStream
{
    private const int Batch = 500;

    public void Publish(QingyuanDb db, string kind, int? stationNo, object data)
    {
        db.Add(new EventRow { Kind = kind, StationNo = stationNo, At = clock.GetUtcNow(), Data = JsonSerializer.Serialize(data, ApiJson.Options) });
        db.AfterCommit(fanOut.Ring);
    }

    public async IAsyncEnumerable<LiveEvent> FollowAsync(long? afterSeq, [EnumeratorCancellation] CancellationToken ct)
    {
        // Listening starts before the look back, so that nothing falls between the two; what comes twice is skipped by its number.
        // The look back ends where a lower number may still come.
        using var listener = fanOut.Listen();
        var settled = await fanOut.SettledAsync(ct);
        var last = afterSeq ?? settled;
        while (last < settled)
        {
            var missed = await BetweenAsync(last, settled, ct);
            foreach (var row in missed)
            {
                last = row.Seq;
                yield return row.ToEvent();
            }

            if (missed.Count < Batch) break;
        }

        await foreach (var live in listener.Reader.ReadAllAsync(ct))
        {
            if (live.Seq <= last) continue;
            last = live.Seq;
            yield return live;
        }
    }

    private async Task<List<EventRow>> BetweenAsync(long after, long settled, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<EventRow>().Where(row => row.Seq > after && row.Seq <= settled).OrderBy(row => row.Seq).Take(Batch).ToListAsync(ct);
    }
}
