using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Auditing;

/// <summary>
/// Walks the whole store every few days at a pace that nobody feels. A damaged chunk is made anew from its frames; a damaged batch of frames is not made up for
/// by anything here: it is said, and a backup has it.
/// </summary>
internal sealed class Scrub(
    TelemetryAudit audit, ColdRepair cold, IMarkStore marks, IChunkRefill refill, IDamageReport alarm, TelemetryOptions options, TimeProvider clock, ILogger<Scrub> log) : RecurringService(Every, clock, log), IScrub
{
    private const string Alarm = "store-damaged";
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _one = new(1);

    public ScrubReport? Last { get; private set; }

    /// <summary>One at a time: who asks while one walks waits for it and gets his own, from the first batch on.</summary>
    public Task<ScrubReport> RunAsync(CancellationToken ct) => RunAsync(isResumed: false, ct);

    /// <summary>The walk that falls due: goes on where the last one was cut off. Values and cold files, a small part of all, are read again from their start.</summary>
    internal Task<ScrubReport> GoOnAsync(CancellationToken ct) => RunAsync(isResumed: true, ct);

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    private async Task<ScrubReport> RunAsync(bool isResumed, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var mark = new WalkMark(marks);
            if (!isResumed) mark.Clear();
            return await WalkAsync(mark, ct);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<ScrubReport> WalkAsync(WalkMark mark, CancellationToken ct)
    {
        var (began, watch) = (Clock.GetUtcNow(), Stopwatch.StartNew());
        var report = await audit.RunAsync(new Pace(options.ScrubBytesPerSecond), ct, mark);
        var repaired = new HashSet<string>();
        foreach (var key in report.Damaged)
            if (await RepairAsync(key, ct)) repaired.Add(key.ToString());
        foreach (var part in report.DamagedParts)
            if (await cold.RepairAsync(part, ct)) repaired.Add(part.Files[0].Name);
        IReadOnlyList<TelemetryFinding> left = [.. report.Report.Findings.Where(finding => finding.Check is not (TelemetryAudit.Chunk or TelemetryAudit.Cold) || !repaired.Contains(finding.Where))];
        Last = new(began, Math.Round(watch.Elapsed.TotalSeconds, 1), report.Report.Batches, report.Report.Frames, report.Report.Chunks, repaired.Count, left);
        mark.Clear();
        marks.Write(IMarkStore.Scrubbed, began.ToUnixTimeSeconds());
        Log.Scrubbed(log, Last.Batches, Last.Chunks, Last.Repaired, left.Count);
        if (left is [var first, ..]) await alarm.DamagedAsync(Alarm, $"{first.Check} {first.Where}: {first.Detail}{(left.Count > 1 ? $" (+{left.Count - 1})" : "")}", ct);
        else await alarm.WholeAsync(Alarm, ct);
        return Last;
    }

    protected override Task LookAsync(CancellationToken ct) => IsDue() ? GoOnAsync(ct) : Task.CompletedTask;

    private bool IsDue() => Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(marks.Read(IMarkStore.Scrubbed)) >= options.ScrubEvery;

    /// <summary>Whole again when its frames brought values: taking it up sets the damaged bytes aside.</summary>
    private async Task<bool> RepairAsync(ChunkKey key, CancellationToken ct)
    {
        var frames = await refill.RefillAsync(key.StationNo, key.Resolution, key.Start, key.End, ct);
        if (frames is 0) return false;
        Log.ChunkRepaired(log, key.ToString(), frames);
        return true;
    }
}

/// <summary>Without a slice that decodes frames nothing is repaired.</summary>
internal sealed class NoRefill : IChunkRefill
{
    public Task<int> RefillAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, CancellationToken ct) => Task.FromResult(0);
}
