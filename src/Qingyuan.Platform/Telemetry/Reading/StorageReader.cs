using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Reading;

/// <summary>Room taken and room left.</summary>
internal sealed class StorageReader(IStoreSize size, IFrameStore frames, OpenChunks open, StoreChoice choice, TelemetryOptions options, TimeProvider clock) : IStorageStatus
{
    private const int Young = 3; // days of a month that say nothing yet about it

    public Task<StorageStatus> NowAsync(CancellationToken ct) => Task.Run(Now, ct);

    private StorageStatus Now()
    {
        var months = size.Months();
        var perDay = PerDay(months);
        var space = frames.Space();
        long? reserve = space is var (_, total) ? options.Reserve(total) : null;
        double? days = space is var (free, _) && perDay is > 0 ? Math.Round(Math.Max(0, free - reserve!.Value) / (double)perDay, 1) : null;
        return new(choice.IsPostgres ? "postgresql" : "files", months.Values.Sum(), perDay, space?.Free, reserve, days, open.Count);
    }

    private long? PerDay(IReadOnlyDictionary<int, long> months)
    {
        var now = clock.GetUtcNow();
        var month = (now.Year * 12) + now.Month - 1;
        var (bytes, days) = now.Day > Young || !months.ContainsKey(month - 1)
            ? (months.GetValueOrDefault(month), (now - new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero)).TotalDays)
            : (months[month - 1], DateTime.DaysInMonth((month - 1) / 12, ((month - 1) % 12) + 1));
        return bytes > 0 && days > 0 ? (long)(bytes / days) : null;
    }
}
