using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>Does what is due by the policy: each delivery's periods in their order, one after the other.</summary>
internal sealed class DeliveryRound(
    DeliveryStore store, DeliveryReader reader, IBlobStore blobs, HandOverFolder folder, DeliveryAlarm alarm, IOptions<ExchangeOptions> options, TimeProvider clock, ILogger<DeliveryRound> log)
{
    /// <summary>Of one delivery before the others have their turn: years may have to be made up.</summary>
    private const int MostAtOnce = 200;

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var delivery in await store.DueAsync(ct))
        {
            if (await DueAsync(delivery.Id, ct) is 0 || delivery.LookedBack == Today) continue;
            await LookBackAsync(delivery.Id, ct);
            await DueAsync(delivery.Id, ct);
        }

        await alarm.SayAsync(ct);
    }

    private DateTime Today => StationClock.Wall(clock.GetUtcNow()).Date;

    /// <returns>How many runs were done.</returns>
    private async Task<int> DueAsync(Guid delivery, CancellationToken ct)
    {
        for (var done = 0; done < MostAtOnce; done++)
        {
            if (await store.NextAsync(delivery, ct) is not { } run || run.NextTryAt > clock.GetUtcNow() || !await TryAsync(run, ct)) return done;
        }

        return MostAtOnce;
    }

    private async Task<bool> TryAsync(DeliveryRunRow run, CancellationToken ct)
    {
        // By the policy as it is now, so that who mends it mends what waits; a correction holds what the file before held.
        var now = await store.CurrentAsync(run.DeliveryId, ct);
        try
        {
            if (run.Sha256 is null) await PrepareAsync(run, now, ct);
            await HandOverAsync(run, now, ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested) // the one edge: a folder, a line, a disk or a bug of one delivery must not keep the others from going out
        {
            // What the world did is told without a stack; what is a bug with one.
            if (error is DeliveryException or IOException or UnauthorizedAccessException or HttpRequestException or OperationCanceledException) log.DeliveryWaits(now.Name, run.From, error.Message);
            else log.DeliveryBroken(now.Name, run.From, error);
            await store.FailedAsync(run, now.Name, now.Rule, error is OperationCanceledException ? "delivery.timed-out" : error.Message, ct);
            return false;
        }

        await store.DeliveredAsync(run, now.Name, now.Rule, ct);
        return true;
    }

    private async Task PrepareAsync(DeliveryRunRow run, CurrentDelivery now, CancellationToken ct)
    {
        if (run.Revision is 0) run.Version = now.Version;
        var rule = run.Version == now.Version ? now.Rule : await store.RuleAsync(run.DeliveryId, run.Version, ct);
        var stations = reader.Stations(rule, run.From);
        await using var rows = blobs.Aside();
        var table = await DeliveryTable.WriteAsync(reader.ReadAsync(stations, rule, run.From, run.To, ct), stations.Count, rows);
        await using var file = blobs.Aside();
        await DeliveryFile.WriteAsync(now.Name, rule, run, await store.BeforeAsync(run, ct), table, clock.GetUtcNow(), file, ct);
        file.Position = 0;
        var kept = (await blobs.KeepAsync(file, file.Length, ct))!; // as long as it says
        (run.Rows, run.Bytes, run.Sha256, run.FileName, run.Digest) = (table.Count, kept.Length, kept.Sha256, DeliveryFile.Name(now.Name, run, rule.Form), table.Digest);
        await store.PreparedAsync(run, kept, DeliveryFile.Type(run.FileName), ct);
    }

    private async Task HandOverAsync(DeliveryRunRow run, CurrentDelivery now, CancellationToken ct)
    {
        if (now.Rule.HandOver is HandOver.Kept) return;
        await using var content = await blobs.OpenAsync(run.Sha256!, ct) ?? throw new DeliveryException(DeliveryException.FileGone);
        if (now.Rule.HandOver is HandOver.Folder) await folder.WriteAsync(now.Rule.Folder!, run.FileName!, content, ct);
        else await HandOverPut.SendAsync(now.Rule, now.Secret, run, DeliveryFile.Type(run.FileName!), content, ct);
    }

    /// <summary>What came late: each earlier period is read again by the version it went out by; where its values are others now, the whole period goes out once more as a correction.</summary>
    private async Task LookBackAsync(Guid delivery, CancellationToken ct)
    {
        var current = await store.CurrentAsync(delivery, ct);
        foreach (var run in await store.NewestAsync(delivery, Today.AddDays(-options.Value.CorrectionDays), ct))
        {
            var rule = await store.RuleAsync(delivery, run.Version, ct);
            if (run.Digest is null || rule.Organisation != current.Rule.Organisation || rule.Recipient != current.Rule.Recipient) continue; // not of the present recipient
            try
            {
                var digest = await DeliveryDigest.OfAsync(reader.ReadAsync(reader.Stations(rule, run.From), rule, run.From, run.To, ct));
                if (digest != run.Digest) await store.CorrectAsync(run, ct);
            }
            catch (DeliveryException error)
            {
                log.DeliveryWaits(current.Name, run.From, error.Message); // a station that is gone: what was delivered stays as it was
            }
        }

        await store.LookedBackAsync(delivery, Today, ct);
    }
}
