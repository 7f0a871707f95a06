using Microsoft.Extensions.Localization;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Console.Stations.Curves;

/// <summary>Marks as stretches of time: what the logger flagged, and the draft marks that are open now.</summary>
internal static class CurveBands
{
    public static IReadOnlyList<CurveBand> Of(
        IEnumerable<IReadOnlyList<ReadingRow>> series, StationInfo station, StationSnapshot? snapshot, TimeWindow window,
        IStringLocalizer<Shared.Texts> words, TimeSpan interval)
    {
        var runs = series.SelectMany(rows => Runs(rows, interval)).OrderBy(run => run.From).ToList();
        List<(string Flag, DateTime From, DateTime To)> merged = [];
        foreach (var run in runs)
        {
            var at = merged.FindIndex(one => one.Flag == run.Flag && one.To >= run.From);
            if (at < 0) merged.Add(run);
            else if (run.To > merged[at].To) merged[at] = merged[at] with { To = run.To };
        }
        foreach (var mark in snapshot?.Marks ?? [])
            if (mark.From < window.To && !merged.Exists(one => one.Flag == mark.Mark && one.To >= mark.From)) merged.Add((mark.Mark, Later(mark.From, window.From), window.To));
        return [.. merged.Select(one => new CurveBand(
            CurvePoints.Milliseconds(one.From), CurvePoints.Milliseconds(one.To), $"{one.Flag} {FlagWords.Of(one.Flag, station.Flags, words)}", FlagWords.Tone(one.Flag)))];
    }

    private static IEnumerable<(string Flag, DateTime From, DateTime To)> Runs(IReadOnlyList<ReadingRow> rows, TimeSpan interval)
    {
        (string Flag, DateTime From, DateTime To)? open = null;
        foreach (var row in rows)
        {
            if (open is { } run && (run.Flag != row.Flag || row.At - run.To > interval * 2.5))
            {
                yield return run;
                open = null;
            }
            if (FlagWords.IsPlain(row.Flag)) continue;
            open = (row.Flag!, open?.From ?? row.At, row.At + interval);
        }
        if (open is { } last) yield return last;
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
