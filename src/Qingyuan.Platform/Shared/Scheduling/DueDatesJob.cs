using Microsoft.Extensions.Logging;
using Quartz;

namespace Qingyuan.Platform.Shared.Scheduling;

/// <summary>The one system job over all due-date rows.</summary>
[DisallowConcurrentExecution]
internal sealed partial class DueDatesJob(IEnumerable<IDueScan> scans, ILogger<DueDatesJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var scan in scans) await ScanAsync(scan, cancellationToken);
    }

    private async Task ScanAsync(IDueScan scan, CancellationToken ct)
    {
        try
        {
            await scan.ScanAsync(ct);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Outermost loop: one slice's trouble must not keep the others' dates from being seen; the next run tries again.
            ScanFailed(log, error, scan.Name);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Scan of due dates {Scan} failed; it runs again at the next turn.")]
    private static partial void ScanFailed(ILogger log, Exception error, string scan);
}
