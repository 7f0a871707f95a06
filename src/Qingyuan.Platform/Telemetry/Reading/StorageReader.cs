using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Reading;

/// <summary>Room taken and room left.</summary>
internal sealed class StorageReader(IStoreSize size, IFrameStore frames, ColdCatalogue cold, OpenChunks open, StoreChoice choice, TelemetryOptions options, TimeProvider clock) : IStorageStatus
{
    private const int Young = 3; // days of a month that say nothing yet about it

    public Task<StorageStatus> NowAsync(CancellationToken ct) => Task.Run(Now, ct);

    public long? Spare() => frames.Space() is var (free, total) ? free - options.Reserve(total) : null;

    private StorageStatus Now()
    {
        var months = size.Months();
        var perDay = PerDay(months);
        var space = frames.Space();
        long? reserve = space is var (_, total) ? options.Reserve(total) : null;
        double? days = space is var (free, _) && perDay is > 0 ? Math.Round(Math.Max(0, free - reserve!.Value) / (double)perDay, 1) : null;
        return new(choice.IsPostgres ? "postgresql" : "files", months.Values.Sum() + cold.All().SelectMany(part => part.Files).Sum(file => file.Bytes), perDay, space?.Free, reserve, days, open.Count);
    }

    /// <summary>Counted from the first frame on: an installation of an hour says nothing about a day.</summary>
    private long? PerDay(IReadOnlyDictionary<int, long> months)
    {
        if (frames.ReadAfter(0, 1) is not [var first, ..]) return null;
        var (now, began) = (clock.GetUtcNow(), Micros.Instant(first.ReceivedFrom));
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var (from, to) = now.Day > Young || !months.ContainsKey(MonthName.Number(month.AddMonths(-1).DateTime)) ? (month, now) : (month.AddMonths(-1), month);
        var days = (to - (began > from ? began : from)).TotalDays;
        return days >= 1 && months.GetValueOrDefault(MonthName.Number(from.DateTime)) is > 0 and var bytes ? (long)(bytes / days) : null;
    }
}
