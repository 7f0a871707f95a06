using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>Walks all blobs every few days at a pace that nobody feels. What is damaged or missing comes back from a backup when one has it; otherwise people are called.</summary>
internal sealed partial class BlobScrub(
    BlobAudit audit, BlobSweep sweep, BlobPasses passes, IBlobStore blobs, IEnumerable<IBlobRescue> rescues, IDamageReport alarm, BlobOptions options, TimeProvider clock, ILogger<BlobScrub> log) : RecurringService(Every, clock, log), IBlobScrub
{
    private const int MostNamed = 100;
    private const string Alarm = "blob-damaged";
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _one = new(1);

    public Task<BlobStatus> NowAsync(CancellationToken ct) => passes.NowAsync(ct);

    /// <summary>One at a time: who asks while one walks waits for it and gets his own.</summary>
    public async Task<BlobPass> RunAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            return await WalkAsync(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task LookAsync(CancellationToken ct)
    {
        if (await passes.LastAsync(ct) is not { } last || Clock.GetUtcNow() - last.At >= options.ScrubEvery) await RunAsync(ct);
    }

    private async Task<BlobPass> WalkAsync(CancellationToken ct)
    {
        var (began, watch) = (Clock.GetUtcNow(), Stopwatch.StartNew());
        var walk = await audit.RunAsync(new Pace(options.ScrubBytesPerSecond), ct);
        var left = new List<string>();
        foreach (var finding in walk.Findings)
            if (!await RepairAsync(finding, ct)) left.Add(finding.ToString());
        var removed = await sweep.RunAsync(ct);
        var pass = new BlobPass(began, Math.Round(watch.Elapsed.TotalSeconds, 1), walk.Blobs, walk.Bytes, walk.Findings.Count - left.Count, removed, left.Count, [.. left.Take(MostNamed)]);
        await passes.RecordAsync(pass, ct);
        Scrubbed(log, pass.Blobs, pass.Bytes, pass.Repaired, pass.Damaged, pass.Removed);
        if (left is [var first, ..]) await alarm.DamagedAsync(Alarm, left.Count > 1 ? $"{first} (+{left.Count - 1})" : first, ct);
        else await alarm.WholeAsync(Alarm, ct);
        return pass;
    }

    private async Task<bool> RepairAsync(BlobFinding finding, CancellationToken ct)
    {
        foreach (var rescue in rescues)
            if (await BringAsync(rescue, finding, ct)) return true;
        return false;
    }

    private async Task<bool> BringAsync(IBlobRescue rescue, BlobFinding finding, CancellationToken ct)
    {
        try
        {
            await using var copy = await rescue.OpenAsync(finding.Sha256, ct);
            // Another content would get another name, which nothing refers to.
            if (copy is null || (await blobs.KeepAsync(copy, finding.Length, ct))?.Sha256 != finding.Sha256) return false;
            BlobRepaired(log, finding.ToString());
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            NotRepaired(log, finding.ToString(), error.Message);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Read through the blobs: {Blobs} blobs, {Bytes} bytes, {Repaired} repaired, {Damaged} damaged, {Removed} without reference removed")]
    private static partial void Scrubbed(ILogger logger, long blobs, long bytes, int repaired, int damaged, int removed);

    [LoggerMessage(2, LogLevel.Warning, "{Finding}: brought back from a backup")]
    private static partial void BlobRepaired(ILogger logger, string finding);

    [LoggerMessage(3, LogLevel.Error, "{Finding}: cannot be brought back: {Why}")]
    private static partial void NotRepaired(ILogger logger, string finding, string why);
}
