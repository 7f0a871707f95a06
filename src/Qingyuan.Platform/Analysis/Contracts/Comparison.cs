using Microsoft.AspNetCore.WebUtilities;

namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>What an answer is set beside. Stands behind the question in the address of the page and in a kept view.</summary>
/// <param name="Period"><c>before</c>, <c>year</c> or empty.</param>
/// <param name="Other">Code of another factor, or empty.</param>
/// <param name="Beside">Codes of factors that are asked the same, with commas between, or empty.</param>
public sealed record Comparison(string Period, string Other, string Beside)
{
    public const string Before = "before";
    public const string Year = "year";

    private static readonly DateTime Earliest = new(1900, 1, 1);

    /// <summary>Reads a query string; what is no period is none.</summary>
    public static Comparison Parse(string query)
    {
        var said = QueryHelpers.ParseQuery(query);
        string Of(string name) => said.TryGetValue(name, out var value) ? value.ToString() : "";
        var period = Of("compare");
        return new(period == Before || period == Year ? period : "", Of("other"), string.Join(',', Codes(Of("beside"))));
    }

    /// <summary>Codes of a list with commas between, each once.</summary>
    public static IReadOnlyList<string> Codes(string? list) => [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>The same question for the other period: the stretch just before, or the same dates a year ago.</summary>
    public AnalysisQuery Back(AnalysisQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Period == Year
            ? query with { From = query.From.AddYears(-1), To = EndAYearAgo(query.To) }
            : query with { From = new(Math.Max(Earliest.Ticks, (2 * query.From.Ticks) - query.To.Ticks)), To = query.From };
    }

    /// <summary>What is added to the address.</summary>
    public override string ToString() => (Period is "" ? "" : "&compare=" + Period) + (Other is "" ? "" : "&other=" + Uri.EscapeDataString(Other)) + (Beside is "" ? "" : "&beside=" + Uri.EscapeDataString(Beside));

    // A period that ends on 29 February holds the 28th, and all of it: AddYears would end it as the 28th begins.
    private static DateTime EndAYearAgo(DateTime end) => end is { Month: 2, Day: 29 } ? new(end.Year - 1, 3, 1) : end.AddYears(-1);
}
