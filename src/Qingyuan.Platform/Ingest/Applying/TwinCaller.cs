using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Applying;

/// <summary>Brings reports to a twin, and replies to who asked: waits out what the world does, and isolates a report that the twin refuses. Nothing is passed over in silence.</summary>
internal sealed class TwinCaller(IStationTwins twins, IEnumerable<IFieldReplies> replies, IngestCounters counters, PlatformSignals signals, TimeProvider time, ILogger<TwinCaller> log)
{
    private const int MostAtOnce = 128;
    private const int AlarmAfter = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Returns when each frame is applied or refused for good. Never gives up on the world; only <paramref name="ct"/> ends that.</summary>
    /// <remarks>A report is made just before its twin takes it and forgotten after: in a flood they would outlive the collector's young.</remarks>
    public async Task ApplyAsync(int stationNo, List<StoredFrame> frames, CancellationToken ct)
    {
        for (var start = 0; start < frames.Count; start += MostAtOnce)
        {
            var (part, answers) = Reports(frames, start, Math.Min(MostAtOnce, frames.Count - start));
            await ReportAsync(stationNo, part, ct);
            foreach (var answer in answers ?? []) await AnswerAsync(stationNo, answer, ct);
        }
    }

    private async Task ReportAsync(int stationNo, List<StationReport> part, CancellationToken ct)
    {
        if (part.Count is 0 || await TryAsync(stationNo, () => twins.Of(stationNo).ApplyAsync(part), ct) is null) return;
        foreach (var report in part)
            if (await TryAsync(stationNo, () => twins.Of(stationNo).ApplyAsync([report]), ct) is { } error) Refused(stationNo, report.Frame, error);
    }

    private async Task AnswerAsync(int stationNo, StoredFrame frame, CancellationToken ct)
    {
        using var said = log.About(frame.Id);
        var reply = new FieldReply(stationNo, frame.Id, frame.Arrival.ReceivedAt, frame.Bytes);
        foreach (var listener in replies)
            if (await TryAsync(stationNo, () => listener.HeardAsync(reply, ct), ct) is { } error) Refused(stationNo, frame.Id, error);
    }

    private static (List<StationReport> Reports, List<StoredFrame>? Answers) Reports(List<StoredFrame> frames, int start, int count)
    {
        var reports = new List<StationReport>(count);
        List<StoredFrame>? answers = null;
        for (var at = start; at < start + count; at++)
        {
            if (ReportDecoder.Decode(frames[at], out var mayReply) is { } report) reports.Add(report);
            if (mayReply && frames[at].Arrival.Verdict is not FrameVerdict.Imported) (answers ??= []).Add(frames[at]);
        }

        return (reports, answers);
    }

    /// <summary>Null when applied, else why the twin will never take it.</summary>
    private async Task<Exception?> TryAsync(int stationNo, Func<Task> act, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await act();
                if (attempt > AlarmAfter) signals.Clear(Away(stationNo));
                return null;
            }
            catch (Exception error) when (TwinFailures.IsTheWorld(error))
            {
                if (attempt is 1 or AlarmAfter) log.TwinAway(stationNo, attempt, error);
                if (attempt == AlarmAfter) signals.Raise(Away(stationNo), AlarmSeverity.Serious, "ingest.twin-away", ("station", Text(stationNo)), ("error", error.Message));
                await Task.Delay(Pause(attempt), time, ct);
            }
            catch (Exception error) when (error is not OperationCanceledException) // a twin may throw anything; the frames behind this one must not wait for it
            {
                return error;
            }
        }
    }

    private void Refused(int stationNo, FrameId frame, Exception error)
    {
        counters.Count(IntakeReason.TwinRefused);
        log.ReportRefused(stationNo, frame.ToString(), error);
        signals.Raise(
            $"ingest:refused:{Text(stationNo)}", AlarmSeverity.Serious, "ingest.report-refused",
            ("station", Text(stationNo)), ("frame", frame.ToString()), ("error", error.Message));
    }

    private static TimeSpan Pause(int attempt) => attempt > 8 ? LongestPause : TimeSpan.FromMilliseconds(100 << attempt);

    private static string Away(int stationNo) => "ingest:twin:" + Text(stationNo);

    private static string Text(int stationNo) => stationNo.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
