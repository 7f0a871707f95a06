using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>Counts once, after a start, what strangers sent earlier today and is on disk, so that a restart gives them no new allowance. Beside everything else; nobody waits for it.</summary>
internal sealed class QuarantineCount(IFrameReader frames, QuarantineBudget budget, TimeProvider time, ILogger<QuarantineCount> log) : BackgroundService
{
    private const int Page = 10_000;
    private readonly DateTimeOffset _started = time.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await CountAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the process ends
        }
        catch (Exception error) // the outermost loop: an allowance that is a day's share too large must not end the process
        {
            log.QuarantineNotCounted(error);
        }
    }

    private async Task CountAsync(CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(_started.UtcDateTime);
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        for (string? after = null; ;)
        {
            // What came since the start is counted as it comes.
            var page = await frames.ListAsync(new(null, midnight, _started, Verdict: null, Page, after), ct);
            foreach (var frame in page.Items)
                if (frame.Arrival.Verdict is FrameVerdict.Quarantined or FrameVerdict.Rejected) budget.Kept(day, Address(frame.Arrival.Source), frame.Bytes.Length);
            if (page.Next is null) return;
            after = page.Next;
        }
    }

    private static IPAddress Address(string source)
    {
        if (!IPEndPoint.TryParse(source, out var remote)) return IPAddress.None;
        return remote.Address.IsIPv4MappedToIPv6 ? remote.Address.MapToIPv4() : remote.Address;
    }
}
