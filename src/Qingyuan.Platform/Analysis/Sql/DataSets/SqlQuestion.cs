using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Sql.DataSets;

/// <summary>What a data set holds: the same question for one or more factors.</summary>
/// <param name="Text">As it was asked; the key under which it is found again.</param>
/// <param name="IsOfAll">Whether it asks for all factors in sight instead of naming them.</param>
internal sealed record SqlQuestion(string Text, IReadOnlyList<AnalysisQuery> Queries, bool IsOfAll)
{
    private const string Every = "*";
    private const int MostFactors = 100;

    /// <param name="text">With one factor, several separated by commas, or <c>*</c>.</param>
    /// <param name="now">From which a relative period is counted; a data set is found again by the times it has.</param>
    /// <param name="seen">What the person may see.</param>
    /// <returns>Refusal <c>request.field-invalid</c>.</returns>
    public static Result<SqlQuestion> Understand(AnalysisText text, DateTimeOffset now, IEnumerable<StationInfo> seen)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.At(now).TryGet(out var timed, out var refusal)) return refusal;
        string[] said = [.. (timed.Factor ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
        string[] factors = said is [Every] ? [.. seen.SelectMany(station => station.Factors).Select(factor => factor.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : said;
        if (factors.Length > MostFactors) return AnalysisText.Wrong("factor", Faults.AtMost(MostFactors));
        var queries = new List<AnalysisQuery>();
        foreach (var factor in factors.DefaultIfEmpty(""))
        {
            if (!(timed with { Factor = factor }).Understand(now).TryGet(out var query, out var wrong)) return wrong;
            queries.Add(query);
        }

        return new SqlQuestion((timed with { Factor = string.Join(',', said) }).ToString(), queries, said is [Every]);
    }
}
