using System.Globalization;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Validity;

namespace Qingyuan.Platform.Validity.Judging;

/// <summary>Judgements as derived rows, and back.</summary>
internal static class DerivedText
{
    public static DerivedValue Row(string factor, PeriodJudgement judgement) => new(
        factor, Text(judgement.Mean), Text(judgement.Converted), Text(judgement.Min), Text(judgement.Max), judgement.Code, judgement.Mark, judgement.Rule, judgement.Figures);

    public static PeriodJudgement Judgement(DerivedValue row)
    {
        var verdict = row.Verdict switch
        {
            "valid" => PeriodVerdict.Valid,
            "stopped" => PeriodVerdict.Stopped,
            "nothing-due" => PeriodVerdict.NothingDue,
            _ => PeriodVerdict.Invalid,
        };
        var reason = verdict is PeriodVerdict.Invalid ? row.Verdict.Split(':')[^1] : null;
        return new(verdict, reason, row.Mark, Number(row.Value), Number(row.Converted), Number(row.Min), Number(row.Max), 0, 0, row.Rule, row.Inputs);
    }

    private static string? Text(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static decimal? Number(string? text) => WireNumber.Parse(text)?.Value;
}
