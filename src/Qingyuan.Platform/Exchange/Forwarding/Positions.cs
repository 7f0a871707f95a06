using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>Writes down how far a target is: at once when nothing waits, else about once a second. What was delivered after the last note is sent again after a crash, with the same QN and bytes.</summary>
internal sealed class Positions(IDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public async Task NoteAsync(Guid target, Place place, Progress progress, bool idle, CancellationToken ct)
    {
        place.Position = progress.Through;
        place.Unsaved = progress with { Delivered = progress.Delivered + (place.Unsaved?.Delivered ?? 0), LeftOut = progress.LeftOut + (place.Unsaved?.LeftOut ?? 0) };
        // Frames of others alone are no reason to write.
        if (clock.GetUtcNow() - place.SavedAt >= Every || (idle && place.Unsaved.Value.Delivered > 0)) await SaveAsync(target, [place], ct);
    }

    public Task SaveAsync(Guid target, IReadOnlyList<Place> places, CancellationToken ct) => WriteAsync(target, places, (_, _) => Task.CompletedTask, ct);

    /// <summary>A part of the log goes its own way from now on.</summary>
    /// <param name="places">Where the others stand at that moment.</param>
    public async Task<Place> AddAsync(Guid target, IReadOnlyList<Place> places, LaneKind kind, int command, FrameId after, FrameId? until, CancellationToken ct)
    {
        var row = new LaneRow
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), TargetId = target, Kind = kind, Command = command, FromBatch = after.Batch, FromOrdinal = after.Ordinal, Batch = after.Batch, Ordinal = after.Ordinal,
            UntilBatch = until?.Batch, UntilOrdinal = until?.Ordinal, Since = clock.GetUtcNow(),
        };
        await WriteAsync(
            target, places,
            (db, _) =>
            {
                db.Add(row);
                return Task.CompletedTask;
            },
            ct);
        return new(row.Id, kind, command, after, until);
    }

    /// <summary>A part of the log is done.</summary>
    public Task RemoveAsync(Guid target, IReadOnlyList<Place> places, Place done, CancellationToken ct) =>
        WriteAsync(target, places, (db, token) => db.Set<LaneRow>().Where(row => row.Id == done.Id).ExecuteDeleteAsync(token), ct);

    private async Task WriteAsync(Guid target, IReadOnlyList<Place> places, Func<QingyuanDb, CancellationToken, Task> change, CancellationToken ct)
    {
        await database.WriteAsync(
            async (db, token) =>
            {
                foreach (var place in places) await SaveAsync(db, target, place, token);
                await change(db, token);
                return places.Count;
            },
            ct);
        foreach (var place in places) (place.Unsaved, place.SavedAt) = (null, clock.GetUtcNow());
    }

    private static async Task SaveAsync(QingyuanDb db, Guid target, Place place, CancellationToken ct)
    {
        var (at, done) = (place.Position, place.Unsaved ?? default);
        var through = place.Unsaved?.ReceivedAt;
        if (place.IsLive)
            await db.Set<PositionRow>().Where(row => row.TargetId == target).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Batch, at.Batch).SetProperty(row => row.Ordinal, at.Ordinal).SetProperty(row => row.Through, row => through ?? row.Through), ct);
        else
            await db.Set<LaneRow>().Where(row => row.Id == place.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Batch, at.Batch).SetProperty(row => row.Ordinal, at.Ordinal).SetProperty(row => row.Through, row => through ?? row.Through), ct);
        if (done is { Delivered: 0, LeftOut: 0 }) return;
        await db.Set<PositionRow>().Where(row => row.TargetId == target).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Delivered, row => row.Delivered + done.Delivered).SetProperty(row => row.LeftOut, row => row.LeftOut + done.LeftOut), ct);
    }
}
