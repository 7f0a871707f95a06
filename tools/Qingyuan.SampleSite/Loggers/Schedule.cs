using Qingyuan.SampleSite.Outlets;

namespace Qingyuan.SampleSite.Loggers;

/// <summary>What a logger owes: everything since it last had an answer, oldest first; a gap in the link is filled after what is new.</summary>
/// <param name="outlet">Whose.</param>
/// <param name="since">Everything up to here is with the platform already.</param>
/// <param name="liveFrom">From here on real-time frames are sent too; before, the logger has summaries only (and cycle results of water analysers).</param>
internal sealed class Schedule(Outlet outlet, DateTime since, DateTime liveFrom)
{
    private readonly DateTime _liveFrom = liveFrom;
    private readonly Queue<Upload> _owed = new();
    private DateTime _through = since;
    private DateTime _lastRealtime = liveFrom;

    /// <summary>All uploads due by <paramref name="now"/>; the same again until <see cref="Sent"/> took them off.</summary>
    public IReadOnlyList<Upload> Due(DateTime now, int realtimeSeconds, bool realtimeOn)
    {
        var (normal, late) = Split(_through, now);
        foreach (var upload in normal.Concat(late)) _owed.Enqueue(upload);
        if (realtimeOn && now >= _liveFrom && (now - _lastRealtime).TotalSeconds >= realtimeSeconds && !outlet.LinkDown(now))
        {
            _lastRealtime = now;
            _owed.Enqueue(new("2011", Area.Realtime(outlet, Seconds(now)), now));
        }

        _through = now;
        return [.. _owed];
    }

    public void Sent(IReadOnlyCollection<Upload> uploads)
    {
        for (var count = uploads.Count; count > 0; count--) _owed.Dequeue();
    }

    /// <summary>In order of time; what fell into a link outage that is over comes last, as a logger fills gaps after reconnecting.</summary>
    private (List<Upload> Normal, List<Upload> Late) Split(DateTime from, DateTime to)
    {
        var all = Periodic(from, to).Concat(outlet.Events(from, to).Select(item => new Upload(item.Command, item.Area, item.At))).OrderBy(upload => upload.Made).ToList();
        return ([.. all.Where(upload => !outlet.LinkDown(upload.Made))], [.. all.Where(upload => outlet.LinkDown(upload.Made))]);
    }

    private IEnumerable<Upload> Periodic(DateTime from, DateTime to)
    {
        var minute = TimeSpan.FromMinutes(outlet.MinuteInterval);
        foreach (var end in Ends(from, to, minute))
        {
            yield return new("2051", Area.Summary(outlet, end - minute, minute), end);
            // Analysers that work in cycles: the summaries name no sample, so the history carries their real-time frames too.
            if (!outlet.IsGas && end < _liveFrom) yield return new("2011", Area.Realtime(outlet, end), end);
        }

        foreach (var end in Ends(from, to, TimeSpan.FromHours(1))) yield return new("2061", Area.Summary(outlet, end.AddHours(-1), TimeSpan.FromHours(1)), end);
        foreach (var end in Ends(from, to, TimeSpan.FromDays(1))) yield return new("2031", Area.Summary(outlet, end.AddDays(-1), TimeSpan.FromDays(1)), end);
    }

    private static IEnumerable<DateTime> Ends(DateTime from, DateTime to, TimeSpan period)
    {
        for (var end = new DateTime(((from.Ticks / period.Ticks) + 1) * period.Ticks); end <= to; end += period) yield return end;
    }

    private static DateTime Seconds(DateTime wall) => new(wall.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);
}
