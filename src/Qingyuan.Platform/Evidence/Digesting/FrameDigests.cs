using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Evidence.Digesting;

/// <summary>Seals each received hour's frames as one record, some minutes after the hour; catches up after standing still, oldest first.</summary>
internal sealed class FrameDigests(
    IDatabase database, IFrameReader frames, IElectronicLedger ledger, ILedgerPlaces places, Organisation organisation, IOptions<EvidenceOptions> options, TimeProvider clock)
{
    private const string Committer = "platform";

    /// <summary>Hours looked at again, each time another falls due.</summary>
    private const int LookedBack = 3;

    private DateTimeOffset _lookedUpTo;

    /// <summary>Takes every hour that is over by the set delay and was not taken yet.</summary>
    public async Task TakeDueAsync(CancellationToken ct)
    {
        var end = HourOf(clock.GetUtcNow() - options.Value.DigestDelay);
        // After a step of our own clock frames may come into hours that were taken: once an hour is cheap.
        if (_lookedUpTo != end)
        {
            for (var back = LookedBack; back > 0; back--) await SupplementAsync(end.AddHours(-back), ct);
            _lookedUpTo = end;
        }

        if (await NextAsync(ct) is not { } hour) return;
        for (; hour < end; hour = hour.AddHours(1)) await TakeAsync(hour, ct);
    }

    /// <summary>The hour after the last one taken, or that of the first frame ever; null while there is none.</summary>
    private async Task<DateTimeOffset?> NextAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        if (await db.Set<DigestHourRow>().OrderByDescending(row => row.Hour).FirstOrDefaultAsync(ct) is { } last) return last.Hour.AddHours(1);
        var first = await frames.ListAsync(new(null, null, null, Limit: 1), ct);
        return first.Items is [var frame, ..] ? HourOf(frame.Arrival.ReceivedAt) : null;
    }

    private async Task TakeAsync(DateTimeOffset hour, CancellationToken ct)
    {
        var stations = await DigestsAsync(hour, ct);
        try
        {
            await database.WriteAsync((db, _) => Task.FromResult(Store(db, hour, stations)), ct);
        }
        catch (DbUpdateException error) when (database.IsUniqueViolation(error))
        {
            // Another node took this hour.
        }
    }

    /// <summary>When a taken hour has more frames than were sealed, seals it whole in a second record; the first stands as it was.</summary>
    private async Task SupplementAsync(DateTimeOffset hour, CancellationToken ct)
    {
        if (await SealedAsync(hour, ct) is not { } before) return;
        var stations = await DigestsAsync(hour, ct);
        if (stations.Sum(station => station.Frames) <= before) return;
        await database.WriteAsync(
            async (db, token) =>
            {
                await db.Set<StationDigestRow>().Where(row => row.Hour == hour).ExecuteDeleteAsync(token);
                await db.Set<DigestHourRow>().Where(row => row.Hour == hour).ExecuteDeleteAsync(token);
                return Store(db, hour, stations, before);
            },
            ct);
    }

    /// <summary>Frames sealed for a taken hour; null when it was not taken.</summary>
    private async Task<long?> SealedAsync(DateTimeOffset hour, CancellationToken ct)
    {
        await using var db = database.Read();
        if (!await db.Set<DigestHourRow>().AnyAsync(row => row.Hour == hour, ct)) return null;
        return await db.Set<StationDigestRow>().Where(row => row.Hour == hour).SumAsync(row => row.Frames, ct);
    }

    private async Task<List<StationDigest>> DigestsAsync(DateTimeOffset hour, CancellationToken ct) =>
        [.. (await frames.HourDigestsAsync(hour, ct)).Select(station => StationDigest.Of(station.StationNo, SiteOf(station.StationNo), station.FrameSha256))];

    private int Store(QingyuanDb db, DateTimeOffset hour, List<StationDigest> stations, long? supplements = null)
    {
        Guid? entry = stations.Count == 0 ? null : ledger.Record(db, new(
            "frames.hourly-digest", $"frame-hour:{HourDigest.Text(hour)}", null, null, Actor.Service("frame-digest", organisation.Code), hour.AddHours(1),
            HourDigest.Body(hour, Committer, stations, supplements)));
        db.Add(new DigestHourRow { Hour = hour, EntryId = entry });
        foreach (var station in stations)
        {
            db.Add(new StationDigestRow
            {
                Hour = hour, StationNo = station.StationNo, Site = station.Site, Frames = station.Frames, Sha256Root = station.Sha256.ToBase64(), Sm3Root = station.Sm3.ToBase64(), EntryId = entry!.Value,
            });
        }

        return stations.Count;
    }

    // Station 0 holds what came from nobody known: quarantined frames are sealed too.
    private string SiteOf(int stationNo) => stationNo == 0 ? "quarantine" : places.Of(stationNo)?.Site ?? Recording.NumberedPlaces.SiteOf(stationNo);

    private static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
