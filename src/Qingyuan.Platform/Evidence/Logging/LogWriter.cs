using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Evidence.Recording;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Evidence.Logging;

/// <summary>Runs the drain: at once when the bell rings, a few times a second while entries wait for their seal, every second otherwise.</summary>
/// <remarks>A stalled log alarms and never stops intake: records go on piling up in the outbox, and are taken when the log works again.</remarks>
internal sealed class LogWriter(
    LogDrain drain, IDatabase database, OutboxBell bell, IEvidenceAlarm alarm, IOptions<EvidenceOptions> options, TimeProvider clock, ILogger<LogWriter> log)
    : BackgroundService, IEvidenceHealth
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilSeal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);
    private EvidenceHealth _now = new(0, 0, null, null);
    private bool _alarmed;

    public EvidenceHealth Now => _now;

    /// <summary>One round with its bookkeeping; says how long the next may wait.</summary>
    public async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        try
        {
            while (await drain.RoundAsync(ct))
            {
            }

            await WorksAsync(ct);
            return drain.Unmarked > 0 ? UntilSeal : Idle;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            await StalledAsync(error.Message, ct);
            return AfterFailure;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Writer) return;
        await Task.Yield(); // opening a long log must not hold up the other services
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await bell.WaitAsync(await TurnAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error)
            {
                // Outermost loop: the records are safe in the outbox whatever this round met.
                Log.RoundFailed(log, error);
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await FinishAsync();
    }

    private async Task FinishAsync()
    {
        try
        {
            await drain.FinishAsync(CancellationToken.None);
        }
        catch (IOException error)
        {
            Log.Stalled(log, error.Message); // the next start finishes it
        }
    }

    private async Task WorksAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var waiting = await db.Set<EvidenceOutboxRow>().CountAsync(ct);
        _now = new(drain.SealedSize, waiting, drain.SealedAt, null);
        if (!_alarmed) return;
        Log.Recovered(log);
        await alarm.RecoveredAsync(ct);
        _alarmed = false;
    }

    private async Task StalledAsync(string why, CancellationToken ct)
    {
        if (_now.Trouble != why) Log.Stalled(log, why);
        await using var db = database.Read();
        var waiting = await db.Set<EvidenceOutboxRow>().CountAsync(ct);
        _now = _now with { Waiting = waiting, Trouble = why };
        if (!await IsOverdueAsync(db, ct)) return;
        await alarm.StalledAsync(why, ct);
        _alarmed = true;
    }

    private async Task<bool> IsOverdueAsync(QingyuanDb db, CancellationToken ct)
    {
        var oldest = await db.Set<EvidenceOutboxRow>().OrderBy(row => row.Ordinal)
            .Join(db.Set<LedgerEntryRow>(), waiting => waiting.EntryId, entry => entry.Id, (waiting, entry) => (DateTimeOffset?)entry.RecordedAt)
            .FirstOrDefaultAsync(ct);
        return oldest is { } at && clock.GetUtcNow() - at >= options.Value.StalledAfter;
    }
}
