using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Applying;

/// <summary>Follows the frame log and brings what it holds to the twins. The one path for live frames, imported frames and recovery after a crash: it just begins further back.</summary>
/// <remarks>Never delays a commit or an acknowledgement. Frames of one station reach its twin in log order, also again after a crash; the twin is idempotent per frame.</remarks>
internal sealed class FrameApplier(
    IFrameTail tail, IFrameOpener opener, TwinCaller twins, Checkpoints checkpoints, IngestCounters counters, IngestOptions options, TimeProvider time, ILogger<FrameApplier> log) : BackgroundService
{
    private const int FramesAtOnce = 8192;

    /// <summary>Frames between arrival and commit. Twenty thousand a second have some two hundred; more than this means that loggers wait for their acknowledgements.</summary>
    private const int UnderPressure = 1024;

    /// <summary>Under pressure twins get a sixteenth of the time, acknowledging the rest: the log keeps what twins have not seen, nobody keeps what was not received. They catch up when it is over.</summary>
    private const int RestFactor = 15;

    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);
    private readonly List<CommittedBatch> _gathered = [];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await checkpoints.WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        counters.AppliedUpTo(tail.AppliedThrough, 0);
        log.ReplayBegins(tail.AppliedThrough);
        var checkpointing = checkpoints.RunAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) // the outermost loop: whatever broke, the log is still there to be followed
            {
                log.TailBroken(counters.AppliedThrough, error);
                await Task.Delay(PauseAfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await checkpointing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Gathers batches for as long as the next one is there already, so that a twin is called once for many frames when there is much to catch up.</summary>
    private async Task FollowAsync(CancellationToken ct)
    {
        _gathered.Clear();
        var frames = 0;
        await using var batches = tail.FollowAsync(counters.AppliedThrough, ct).GetAsyncEnumerator(ct);
        var next = batches.MoveNextAsync();
        while (await next)
        {
            _gathered.Add(batches.Current);
            frames += batches.Current.Frames.Count;
            next = batches.MoveNextAsync();
            if (next.IsCompletedSuccessfully && frames < FramesAtOnce) continue;
            await ApplyAsync(ct);
            frames = 0;
        }

        if (_gathered.Count > 0) await ApplyAsync(ct);
    }

    private async Task ApplyAsync(CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var byStation = Frames();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.TwinsAtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(byStation, parallel, async (station, token) => await twins.ApplyAsync(station.Key, station.Value, token));
        counters.AppliedUpTo(_gathered[^1].Id, byStation.Values.Sum(frames => frames.Count));
        _gathered.Clear();
        var rest = time.GetElapsedTime(started) * RestFactor;
        if (counters.InFlight > UnderPressure) await Task.Delay(rest < LongestRest ? rest : LongestRest, time, ct);
    }

    private Dictionary<int, List<StoredFrame>> Frames()
    {
        var byStation = new Dictionary<int, List<StoredFrame>>();
        foreach (var batch in _gathered)
        foreach (var frame in batch.Frames)
        {
            if (frame.Arrival is not { StationNo: > 0, Verdict: FrameVerdict.Accepted or FrameVerdict.AcceptedWithNotes or FrameVerdict.Imported }) continue;
            if (!byStation.TryGetValue(frame.Arrival.StationNo, out var frames)) byStation.Add(frame.Arrival.StationNo, frames = []);
            frames.Add(opener.Open(frame));
        }

        return byStation;
    }
}
