using System.Net;
using Qingyuan.Platform.Backup.Contracts;

namespace Qingyuan.Host.Relaying;

/// <summary>While this node waits it keeps having what the serving one has in files.</summary>
internal sealed partial class CopyLoop : IAsyncDisposable
{
    public const string Line = "copies";
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private bool? _skipped;
    private bool _isEnded;

    public CopyLoop(ServingLine serving, INodeCopies copies, string node, TimeSpan every, TimeProvider clock, ILogger<CopyLoop> log) =>
        _running = RunAsync(serving, copies, new(node, Line, new(IPAddress.None, 0)), every, clock, log);

    /// <summary>Ends before this node serves: from then on the files are its own.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isEnded) return;
        _isEnded = true;
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task RunAsync(ServingLine serving, INodeCopies copies, RelayHeader header, TimeSpan every, TimeProvider clock, ILogger log)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await using var open = await serving.OpenAsync(header, isPlain: false, TimeSpan.Zero, _end.Token);
                if (open is not null) Tell(await copies.PullAsync(open.Stream, _end.Token), log);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                LogFailed(log, error.Message);
            }

            await Task.Delay(every, clock, _end.Token);
        }
    }

    private void Tell(CopyRound round, ILogger log)
    {
        if (round.Files > 0) LogCopied(log, round.Files, round.Bytes);
        if (round.LedgerSkipped && _skipped is not true) LogSkipped(log);
        _skipped = round.LedgerSkipped;
    }

    [LoggerMessage(LogLevel.Information, "{Files} files copied from the serving node, {Bytes} bytes.")]
    private static partial void LogCopied(ILogger log, int files, long bytes);

    [LoggerMessage(LogLevel.Warning, "This node has the living evidence log and the serving node a copy of it: it is kept and not copied over.")]
    private static partial void LogSkipped(ILogger log);

    [LoggerMessage(LogLevel.Warning, "Files of the serving node were not copied: {Why}")]
    private static partial void LogFailed(ILogger log, string why);
}
