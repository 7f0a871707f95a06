using Microsoft.Extensions.Localization;
using Qingyuan.Console.Shared;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Console.Analysis;

/// <summary>Why a question was refused. The API names the field and what it expects, in English; a person reads a sentence.</summary>
internal static class QuestionWords
{
    public static string Of(Refusal refusal, Sentences sentences, IStringLocalizer<Texts> words) =>
        refusal is { Code: "request.field-invalid", Args: [string field, string expected] }
            ? words.OrCode("wrong." + Fault(field, expected), field is "stations" ? expected : $"{field}: {expected}") // of stations it is a sentence for people already
            : sentences.Of(refusal);

    private static string Fault(string field, string expected) => (field, expected) switch
    {
        ("from" or "to", QueryTime.Expected) => "period",
        ("to", AnalysisText.LaterThanFrom) => "order",
        ("period", _) => "relative",
        ("factor", AnalysisText.Missing) => "factor",
        ("factor", _) => "factors",
        ("source", AnalysisText.DerivedOfHoursAndDays) => "derived",
        _ => field,
    };
}
