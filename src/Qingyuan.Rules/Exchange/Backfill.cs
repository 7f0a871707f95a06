using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Exchange;

/// <summary>Where a missing period stands.</summary>
public enum GapState
{
    /// <summary>Nothing came, and nobody has asked yet, or it is to be asked again.</summary>
    Missing,

    /// <summary>The logger was asked for it.</summary>
    Requested,

    /// <summary>It came after all.</summary>
    Filled,

    /// <summary>It cannot be had; the reason stays visible.</summary>
    Unfillable,
}

/// <summary>How a question for history ended.</summary>
public enum HistoryAnswer
{
    /// <summary>The logger carried it out; what is still missing it does not have.</summary>
    Done,

    /// <summary>ExeRtn=100: it has no data.</summary>
    NoData,

    /// <summary>It said no.</summary>
    Refused,

    /// <summary>It tried and could not.</summary>
    Failed,

    /// <summary>It did not answer, or nobody could ask it.</summary>
    Unanswered,
}

/// <summary>补传: which periods are missing, what to ask for, and when to stop asking.</summary>
[Clause("HJ 212-2017", "附录C C.47–C.50", Certainty = "SINGLE")]
public static class Backfill
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("BACKFILL", "1");

    /// <summary>A question that stayed unanswered so often is not asked again by itself; the house's own parameter.</summary>
    public const int MostAttempts = 3;

    /// <summary>Starts of the periods of [<paramref name="from"/>, <paramref name="to"/>) in which none of <paramref name="came"/> lies.</summary>
    /// <param name="from">Wall clock; moved up to the next start of a period.</param>
    /// <param name="to">Wall clock.</param>
    /// <param name="length">Of a period; it divides the day.</param>
    /// <param name="came">Stamps of the data that are there: a logger that stamps inside its period has told it too.</param>
    public static IReadOnlyList<DateTime> Missing(DateTime from, DateTime to, TimeSpan length, IEnumerable<DateTime> came)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        var there = came.Select(stamp => Start(stamp, length)).ToHashSet();
        var missing = new List<DateTime>();
        var first = Start(from, length);
        for (var start = first < from ? first + length : first; start + length <= to; start += length)
            if (!there.Contains(start)) missing.Add(start);
        return missing;
    }

    /// <summary>The start of the period a stamp lies in.</summary>
    public static DateTime Start(DateTime stamp, TimeSpan length) => stamp.Date.AddTicks(stamp.TimeOfDay.Ticks / length.Ticks * length.Ticks);

    /// <summary>Neighbouring periods as ranges, both ends included, oldest first; none longer than <paramref name="longest"/>, so that an answer stays short.</summary>
    public static IReadOnlyList<(DateTime First, DateTime Last)> Runs(IEnumerable<DateTime> starts, TimeSpan length, TimeSpan longest)
    {
        var runs = new List<(DateTime First, DateTime Last)>();
        foreach (var start in starts.Order())
        {
            if (runs.Count > 0 && start - runs[^1].Last == length && start - runs[^1].First < longest) runs[^1] = (runs[^1].First, start);
            else runs.Add((start, start));
        }

        return runs;
    }

    /// <summary>What becomes of a period that is still missing after its question ended.</summary>
    /// <param name="answer">How it ended.</param>
    /// <param name="attempts">Questions so far, this one included.</param>
    /// <returns>The state, and for <see cref="GapState.Unfillable"/> the code of the reason.</returns>
    public static (GapState State, string? Why) After(HistoryAnswer answer, int attempts) => answer switch
    {
        HistoryAnswer.Done => (GapState.Unfillable, "gap.not-kept"),
        HistoryAnswer.NoData => (GapState.Unfillable, "gap.no-data"),
        HistoryAnswer.Refused => (GapState.Unfillable, "gap.refused"),
        _ when attempts < MostAttempts => (GapState.Missing, null),
        HistoryAnswer.Failed => (GapState.Unfillable, "gap.failed"),
        _ => (GapState.Unfillable, "gap.unanswered"),
    };

    /// <summary>Older than what loggers keep: it is not asked for.</summary>
    public static bool IsTooOld(DateTime start, DateTime now, TimeSpan kept) => now - start > kept;
}
