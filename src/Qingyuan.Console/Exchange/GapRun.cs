using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Exchange;

namespace Qingyuan.Console.Exchange;

/// <summary>Neighbouring missing periods that stand alike, as one line.</summary>
internal sealed record GapRun(Resolution Resolution, DateTime First, DateTime Last, int Periods, GapState State, string? Why, int Attempts)
{
    /// <summary>Newest first.</summary>
    public static IReadOnlyList<GapRun> Of(IEnumerable<GapView> gaps, Func<Resolution, TimeSpan> length)
    {
        var runs = new List<GapRun>();
        foreach (var gap in gaps.OrderBy(each => each.Resolution).ThenBy(each => each.Start))
        {
            var joins = runs.Count > 0 && runs[^1] is { } run && run.Resolution == gap.Resolution && run.State == gap.State && run.Why == gap.Why && gap.Start - run.Last == length(gap.Resolution);
            if (joins) runs[^1] = runs[^1] with { Last = gap.Start, Periods = runs[^1].Periods + 1, Attempts = Math.Max(runs[^1].Attempts, gap.Attempts) };
            else runs.Add(new(gap.Resolution, gap.Start, gap.Start, 1, gap.State, gap.Why, gap.Attempts));
        }

        return [.. runs.OrderByDescending(run => run.First)];
    }
}
