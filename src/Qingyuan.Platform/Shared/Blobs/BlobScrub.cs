using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>Walks all blobs every few days at a pace that nobody feels. What is damaged or missing comes back from a backup when one has it; otherwise people are called.</summary>
internal sealed partial class BlobScrub(
    BlobAudit audit, BlobSweep sweep, BlobPasses passes, IBlobStore blobs, IEnumerable<IBlobRescue> rescues, IBlobTrouble trouble, BlobOptions options, TimeProvider clock, ILogger<BlobScrub> log) : BackgroundService, IBlobScrub
{
    private const int MostNamed = 100;
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await GuardedAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }

    private async Task GuardedAsync(CancellationToken ct)
    {
        try
        {
            if (await passes.LastAsync(ct) is not { } last || clock.GetUtcNow() - last.At >= options.ScrubEvery) await RunAsync(ct);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            ScrubFailed(log, error); // outermost loop: the next look tries again
        }
    }

    private async Task<BlobPass> WalkAsync(CancellationToken ct)
    {
        var (began, watch) = (clock.GetUtcNow(), Stopwatch.StartNew());
        var walk = await audit.RunAsync(new Pace(options.ScrubBytesPerSecond), ct);
        var left = new List<string>();
        foreach (var finding in walk.Findings)
            if (!await RepairAsync(finding, ct)) left.Add(finding.ToString());
        var removed = await sweep.RunAsync(ct);
        var pass = new BlobPass(began, Math.Round(watch.Elapsed.TotalSeconds, 1), walk.Blobs, walk.Bytes, walk.Findings.Count - left.Count, removed, left.Count, [.. left.Take(MostNamed)]);
        await passes.RecordAsync(pass, ct);
        Scrubbed(log, pass.Blobs, pass.Bytes, pass.Repaired, pass.Damaged, pass.Removed);
        if (left is [var first, ..]) await trouble.DamagedAsync(left.Count > 1 ? $"{first} (+{left.Count - 1})" : first, ct);
        else await trouble.WholeAsync(ct);
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

    [LoggerMessage(2, LogLevel.Error, "Reading through the blobs failed; it is tried again")]
    private static partial void ScrubFailed(ILogger logger, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "{Finding}: brought back from a backup")]
    private static partial void BlobRepaired(ILogger logger, string finding);

    [LoggerMessage(4, LogLevel.Error, "{Finding}: cannot be brought back: {Why}")]
    private static partial void NotRepaired(ILogger logger, string finding, string why);
}
