using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>Writes down how far a target is: at once when nothing waits, else about once a second. What was delivered after the last note is sent again after a crash, with the same QN and bytes.</summary>
internal sealed class Positions(IDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>What one line has delivered and not written down.</summary>
    public sealed class Pending
    {
        public Progress? Progress { get; set; }

        public DateTimeOffset SavedAt { get; set; }
    }

    public async Task NoteAsync(Guid target, Pending pending, Progress progress, bool idle, CancellationToken ct)
    {
        var before = pending.Progress;
        pending.Progress = progress with { Delivered = progress.Delivered + (before?.Delivered ?? 0), LeftOut = progress.LeftOut + (before?.LeftOut ?? 0) };
        // Frames of others alone are no reason to write.
        if (clock.GetUtcNow() - pending.SavedAt >= Every || (idle && pending.Progress.Value.Delivered > 0)) await SaveAsync(target, pending, ct);
    }

    public async Task SaveAsync(Guid target, Pending pending, CancellationToken ct)
    {
        if (pending.Progress is not { } done) return;
        await database.WriteAsync(
            (db, token) => db.Set<PositionRow>().Where(row => row.TargetId == target).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Batch, done.Through.Batch).SetProperty(row => row.Ordinal, done.Through.Ordinal).SetProperty(row => row.Through, done.ReceivedAt)
                    .SetProperty(row => row.Delivered, row => row.Delivered + done.Delivered).SetProperty(row => row.LeftOut, row => row.LeftOut + done.LeftOut),
                token),
            ct);
        (pending.Progress, pending.SavedAt) = (null, clock.GetUtcNow());
    }
}
