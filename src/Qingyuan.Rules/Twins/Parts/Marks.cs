using System.Globalization;
using Qingyuan.Rules.Validity;

namespace Qingyuan.Rules.Twins.Parts;

/// <summary>Draft marks: opened by device state on the affected factors only, ended by its change plus a fixed settling time. Longer needs a person.</summary>
internal static class Marks
{
    public static void FromFlag(TwinTurn turn, TwinReport report, TwinFactor factor, DataState before, DataState state, DateTime at)
    {
        var source = "flag:" + factor.Code;
        if (before != state) End(turn, source, at, except: Mark(state));
        if (Mark(state) is { } mark) Open(turn, report.Frame, mark, [factor.Code], source, at);
    }

    public static void FromDevice(TwinTurn turn, string frame, string source, DataState state, IReadOnlyList<string> factors, DateTime at)
    {
        End(turn, source, at, except: Mark(state));
        if (Mark(state) is { } mark && factors.Count > 0) Open(turn, frame, mark, factors, source, at);
    }

    /// <summary>Closes marks whose settling time is over at <paramref name="wall"/>.</summary>
    public static void Close(TwinTurn turn, DateTime wall)
    {
        if (turn.State.Marks.IsEmpty) return;
        foreach (var mark in turn.State.Marks)
        {
            if (mark.EndsAt is not { } end || end > wall) continue;
            turn.State = turn.State with { Marks = turn.State.Marks.Remove(mark) };
            turn.Add(new StateChange("mark.close", end, null, Record(mark, end), null));
        }
    }

    private static void Open(TwinTurn turn, string frame, string letter, IReadOnlyList<string> factors, string source, DateTime at)
    {
        var same = turn.State.Marks.Find(mark => mark.Source == source && mark.Mark == letter);
        if (same is not null)
        {
            // The state came back before the settling time was over: one mark, not two.
            if (same.EndsAt is not null && at <= same.EndsAt) turn.State = turn.State with { Marks = turn.State.Marks.Replace(same, same with { EndsAt = null }) };
            return;
        }

        var mark = new DraftMark(letter, factors, at, source, null);
        turn.State = turn.State with { Marks = turn.State.Marks.Add(mark) };
        turn.Add(new StateChange("mark.open", at, null, Record(mark, null), frame));
    }

    private static void End(TwinTurn turn, string source, DateTime at, string? except)
    {
        foreach (var mark in turn.State.Marks)
            if (mark.Source == source && mark.EndsAt is null && mark.Mark != except && at >= mark.From)
                turn.State = turn.State with { Marks = turn.State.Marks.Replace(mark, mark with { EndsAt = at + turn.Settings.Thresholds.MarkSettling }) };
    }

    private static string? Mark(DataState state) => state switch
    {
        DataState.Normal or DataState.NoData or DataState.OverRange or DataState.LinkAbnormal or DataState.Unknown => null,
        _ => DataMarks.Letter(state),
    };

    private static Dictionary<string, string> Record(DraftMark mark, DateTime? to)
    {
        var record = new Dictionary<string, string>
        {
            ["mark"] = mark.Mark, ["factors"] = string.Join(' ', mark.Factors), ["source"] = mark.Source,
            ["from"] = mark.From.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        };
        if (to is { } end) record["to"] = end.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        return record;
    }
}
