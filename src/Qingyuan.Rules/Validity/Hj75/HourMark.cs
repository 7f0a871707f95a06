using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Validity.Hj75;

/// <summary>The state letter of an hour from the states of its minutes.</summary>
[Clause("HJ 76-2017", "附录B")]
public static class HourMark
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("HJ76-HOUR-MARK", "2017.1");

    /// <summary>Minutes of a state of the source (N, F, St, Sd, B) that make the hour that state.</summary>
    public const int LastingMinutes = 45;

    /// <summary>More than this many minutes of C, M, D, T make the hour that letter.</summary>
    public const int DisturbingMinutes = 15;

    private static readonly string[] SourceLetters = ["N", "F", "St", "Sd", "B"];
    private static readonly string[] DisturbingLetters = ["D", "M", "C", "T"];

    /// <summary>Derives the letter. An hour that fits no line is named by its commonest disturbing letter, else <c>Md</c>.</summary>
    /// <param name="minutes">At most one entry a minute; absent minutes count as <c>Md</c>.</param>
    public static string Derive(IReadOnlyList<MinuteReading> minutes)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal) { ["Md"] = 60 - minutes.Count };
        foreach (var minute in minutes)
        {
            var letter = minute.Value is null && minute.State is DataState.Normal ? "Md" : DataMarks.Letter(minute.State);
            counts[letter] = counts.GetValueOrDefault(letter) + 1;
        }

        if (Array.Find(SourceLetters, letter => counts.GetValueOrDefault(letter) >= LastingMinutes) is { } lasting) return lasting;
        var disturbing = DisturbingLetters.MaxBy(letter => counts.GetValueOrDefault(letter))!;
        if (counts.GetValueOrDefault(disturbing) > DisturbingMinutes) return disturbing;
        return counts["Md"] >= 60 - LastingMinutes || counts.GetValueOrDefault(disturbing) == 0 ? "Md" : disturbing;
    }
}
