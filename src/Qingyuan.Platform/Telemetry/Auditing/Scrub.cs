using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Auditing;

/// <summary>
/// Walks the whole store every few days at a pace that nobody feels, and has what it finds mended. A damaged batch of frames is not made up for by anything here: it is
/// said, and a backup has it.
/// </summary>
internal sealed class Scrub(
    TelemetryAudit audit, Mending mending, IMarkStore marks, IDamageReport alarm, TelemetryOptions options, TimeProvider clock, ILogger<Scrub> log) : RecurringService(Every, clock, log), IScrub
{
    public const string Alarm = "store-damaged";
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
        var walk = await audit.RunAsync(new Pace(options.ScrubBytesPerSecond), ct, mark);
        var mended = await mending.WorkOffAsync(walk.Damaged, walk.DamagedParts, walk.HasAllFramesOf, ct);
        IReadOnlyList<TelemetryFinding> left = [.. walk.Report.Findings.Where(finding => finding.Check is not (TelemetryAudit.Chunk or TelemetryAudit.Cold)), .. mended.Left];
        Last = new(began, Math.Round(watch.Elapsed.TotalSeconds, 1), walk.Report.Batches, walk.Report.Frames, walk.Report.Chunks, mended.Mended, left);
        mark.Clear();
        marks.Write(IMarkStore.Scrubbed, began.ToUnixTimeSeconds());
        Log.Scrubbed(log, Last.Batches, Last.Chunks, Last.Repaired, left.Count);
        if (left is [_, ..]) await alarm.DamagedAsync(Alarm, Told(left), ct);
        else await alarm.WholeAsync(Alarm, ct);
        return Last;
    }

    /// <summary>The first finding, and how many more there are.</summary>
    public static string Told(IReadOnlyList<TelemetryFinding> left) => $"{left[0].Check} {left[0].Where}: {left[0].Detail}{(left.Count > 1 ? $" (+{left.Count - 1})" : "")}";

    protected override Task LookAsync(CancellationToken ct) => IsDue() ? GoOnAsync(ct) : Task.CompletedTask;

    private bool IsDue() => Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(marks.Read(IMarkStore.Scrubbed)) >= options.ScrubEvery;
}

/// <summary>Without a slice that decodes frames nothing is repaired.</summary>
internal sealed class NoRefill : IChunkRefill
{
    public Task<int> RefillAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, RefillReach reach, bool isJudged, CancellationToken ct) => Task.FromResult(0);
}
