using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Evidence.Digesting;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Evidence.Reading;

/// <summary>Checks what was drawn by lot, so that nobody knows beforehand what will be looked at.</summary>
internal sealed class SampleAuditor(IDatabase database, ILedgerReader reader, IFrameReader frames, IDeletedMonths deleted)
{
    public async Task<SampleAudit> ProveAsync(int count, CancellationToken ct)
    {
        var failed = new List<string>();
        var drawn = await DrawnEntriesAsync(count, ct);
        foreach (var id in drawn)
        {
            var verified = await reader.VerifyAsync(id, ct);
            if (!verified.Ok) failed.Add($"proof {id}: {string.Join(", ", verified.Checks.Where(check => !check.Ok).Select(check => check.Check))}");
        }

        return new(drawn.Count, failed);
    }

    public async Task<SampleAudit> CompareFramesAsync(int hours, CancellationToken ct)
    {
        var failed = new List<string>();
        var drawn = await DrawnHoursAsync(hours, ct);
        foreach (var hour in drawn)
        {
            await using var db = database.Read();
            var sealedRows = await db.Set<StationDigestRow>().Where(row => row.Hour == hour).ToListAsync(ct);
            var stored = (await frames.HourDigestsAsync(hour, ct)).ToDictionary(station => station.StationNo, station => station.FrameSha256);
            foreach (var row in sealedRows)
                if (!Holds(row, stored.GetValueOrDefault(row.StationNo) ?? [])) failed.Add($"digest {HourDigest.Text(hour)} station {row.StationNo}: the frames in the store are not those that were sealed");
        }

        return new(drawn.Count, failed);
    }

    private static bool Holds(StationDigestRow row, IReadOnlyList<byte[]> frameSha256)
    {
        if (frameSha256.Count != row.Frames) return false;
        var again = StationDigest.Of(row.StationNo, row.Site, frameSha256);
        return again.Sha256.ToBase64() == row.Sha256Root && again.Sm3.ToBase64() == row.Sm3Root;
    }

    private async Task<List<Guid>> DrawnEntriesAsync(int count, CancellationToken ct)
    {
        await using var db = database.Read();
        var size = await db.Set<LedgerPosition>().MaxAsync(row => (long?)row.LogIndex, ct) + 1 ?? 0;
        var places = Draw(size, count);
        var ids = new List<Guid>(places.Count);
        foreach (var part in places.Chunk(500)) ids.AddRange(await db.Set<LedgerPosition>().Where(row => part.Contains(row.LogIndex)).Select(row => row.EntryId).ToListAsync(ct));
        return ids;
    }

    private async Task<List<DateTimeOffset>> DrawnHoursAsync(int count, CancellationToken ct)
    {
        await using var db = database.Read();
        var all = await db.Set<DigestHourRow>().Where(row => row.EntryId != null).OrderByDescending(row => row.Hour).Select(row => row.Hour).ToListAsync(ct);
        var gone = (await deleted.FramesAsync(ct)).Select(month => month.Month).ToHashSet(StringComparer.Ordinal);
        // Frames of the first moments of a month may lie in the last batch of the month before.
        if (gone.Count > 0) all.RemoveAll(hour => gone.Contains(MonthOf(hour)) || gone.Contains(MonthOf(hour.AddHours(-1))));
        var newest = all.Take(count / 2).ToList();
        return [.. newest, .. Draw(all.Count - newest.Count, count - newest.Count).Select(place => all[newest.Count + (int)place])];
    }

    private static string MonthOf(DateTimeOffset hour) => hour.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Different numbers below <paramref name="size"/>, all of them when there are not more.</summary>
    private static HashSet<long> Draw(long size, int count)
    {
        if (size <= count) return [.. Enumerable.Range(0, (int)Math.Max(0, size)).Select(place => (long)place)];
        var drawn = new HashSet<long>();
        while (drawn.Count < count) drawn.Add(RandomNumberGenerator.GetInt32((int)Math.Min(size, int.MaxValue)));
        return drawn;
    }
}
