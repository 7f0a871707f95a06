using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>A question as the query string of the API has it: what is typed, saved and called is one text.</summary>
public sealed record AnalysisText
{
    /// <summary>What <see cref="Understand"/> says of <c>factor</c> when there is none, as a code.</summary>
    public const string Missing = "missing";

    /// <summary>What it says of <c>to</c> when both times can be read, as a code.</summary>
    public const string LaterThanFrom = "later";

    /// <summary>What it says of <c>period</c> beside times, as a code.</summary>
    public const string InsteadOfTimes = "instead-of-times";

    /// <summary>What it says of <c>source</c> and <c>resolution</c> together, as a code.</summary>
    public const string DerivedOfHoursAndDays = "derived";

    public string? Stations { get; init; }

    public string? Kind { get; init; }

    public string? Industry { get; init; }

    public string? Factor { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>Code of a <see cref="RelativePeriod"/> instead of <see cref="From"/> and <see cref="To"/>.</summary>
    public string? Period { get; init; }

    public string? Resolution { get; init; }

    public string? Source { get; init; }

    public string? Value { get; init; }

    /// <summary>Letters with commas between; <see cref="AnalysisQuery.NoMark"/> for values without one.</summary>
    public string? Marks { get; init; }

    public string? Verdict { get; init; }

    public string? Least { get; init; }

    public string? Most { get; init; }

    /// <summary>Code of another factor whose value must be within <see cref="WhileLeast"/> and <see cref="WhileMost"/> at the same time.</summary>
    public string? While { get; init; }

    public string? WhileLeast { get; init; }

    public string? WhileMost { get; init; }

    /// <summary>Reads a query string; names it does not know are left out.</summary>
    public static AnalysisText Parse(string query)
    {
        var said = QueryHelpers.ParseQuery(query);
        string? Of(string name) => said.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        return new()
        {
            Stations = Of("stations"), Kind = Of("kind"), Industry = Of("industry"), Factor = Of("factor"), From = Of("from"), To = Of("to"), Period = Of("period"), Resolution = Of("resolution"), Source = Of("source"), Value = Of("value"),
            Marks = Of("marks"), Verdict = Of("verdict"), Least = Of("least"), Most = Of("most"), While = Of("while"), WhileLeast = Of("whileLeast"), WhileMost = Of("whileMost"),
        };
    }

    /// <summary>The query string, without its question mark; parts that say nothing are left out.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Parts())
            if (!string.IsNullOrEmpty(value)) text.Append(text.Length > 0 ? "&" : "").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return text.ToString();
    }

    /// <summary>The same question with the times its period has now.</summary>
    /// <returns>Refusal <c>request.field-invalid</c> (<c>period</c>).</returns>
    public Result<AnalysisText> At(DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(Period)) return this;
        if (!string.IsNullOrEmpty(From) || !string.IsNullOrEmpty(To)) return Wrong("period", new Fault(AnalysisTexts.All, InsteadOfTimes));
        if (RelativePeriod.Find(Period, StationClock.Wall(now)) is not var (from, to)) return Wrong("period", Faults.OneOf([.. RelativePeriod.Codes]));
        return this with { Period = null, From = Time(from), To = Time(to) };
    }

    /// <param name="now">From which a <see cref="Period"/> is counted.</param>
    /// <returns>Refusal <c>request.field-invalid</c> (field, code of what is expected).</returns>
    public Result<AnalysisQuery> Understand(DateTimeOffset now) => At(now).TryGet(out var text, out var wrong) ? text.Read() : wrong;

    /// <summary>Wall clock as <see cref="From"/> and <see cref="To"/> have it. No sum of times: a year half typed must be refused, not thrown.</summary>
    public static string Time(DateTime wall) => string.Create(CultureInfo.InvariantCulture, $"{wall:yyyy-MM-dd'T'HH:mm:ss}+{StationClock.Offset:hh\\:mm}");

    private Result<AnalysisQuery> Read()
    {
        if (string.IsNullOrEmpty(Factor)) return Wrong("factor", Faults.Missing);
        if (!QueryTime.TryParse(From, out var from) || from is null) return Wrong("from", Faults.Time);
        if (!QueryTime.TryParse(To, out var to) || to is null) return Wrong("to", Faults.Time);
        if (to <= from) return Wrong("to", Faults.LaterThanFrom);
        if (ResolutionOf(Resolution) is not { } resolution) return Wrong("resolution", Faults.OneOf("minute", "hour", "day"));
        if (Source is not (null or "reported" or "derived")) return Wrong("source", Faults.OneOf("reported", "derived"));
        if (Source is "derived" && resolution is Telemetry.Contracts.Resolution.Minute) return Wrong("source", new Fault(AnalysisTexts.All, "derived"));
        if (!string.IsNullOrEmpty(Verdict) && Source is not "derived") return new FieldFault("verdict", new Fault(AnalysisTexts.All, "verdict-derived"));
        if (Value is not (null or "measured" or "converted")) return Wrong("value", Faults.OneOf("measured", "converted"));
        if (Kind is not (null or "gas" or "water")) return Wrong("kind", Faults.OneOf("gas", "water"));
        if (!TryNumber(Least, out var least)) return Wrong("least", Faults.Number);
        if (!TryNumber(Most, out var most)) return Wrong("most", Faults.Number);
        if (!TryNumber(WhileLeast, out var whileLeast)) return Wrong("whileLeast", Faults.Number);
        if (!TryNumber(WhileMost, out var whileMost)) return Wrong("whileMost", Faults.Number);
        return new AnalysisQuery(Factor, StationClock.Wall(from.Value), StationClock.Wall(to.Value), resolution)
        {
            Stations = List(Stations), Kind = Kind is null ? null : Kind is "gas" ? StationKind.Gas : StationKind.Water, Industry = Industry, Derived = Source is "derived", Converted = Value is "converted",
            Marks = List(Marks), Verdict = string.IsNullOrEmpty(Verdict) ? null : Verdict, Least = least, Most = most, While = string.IsNullOrEmpty(While) ? [] : [new(While, whileLeast, whileMost)],
        };
    }

    /// <summary>A part that cannot be understood. The console has words of its own for it, which it finds by the code.</summary>
    internal static FieldFault Wrong(string field, Fault what) => new(field, what) { Args = [field, what.Code] };

    private static Resolution? ResolutionOf(string? text) => text switch
    {
        null or "hour" => Telemetry.Contracts.Resolution.Hour,
        "minute" => Telemetry.Contracts.Resolution.Minute,
        "day" => Telemetry.Contracts.Resolution.Day,
        _ => null,
    };

    private static string[] List(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool TryNumber(string? text, out decimal? number)
    {
        number = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read)) return false;
        number = read;
        return true;
    }

    private IEnumerable<(string Name, string? Value)> Parts() =>
    [
        ("stations", Stations), ("kind", Kind), ("industry", Industry), ("factor", Factor), ("from", From), ("to", To), ("period", Period), ("resolution", Resolution), ("source", Source), ("value", Value),
        ("marks", Marks), ("verdict", Verdict), ("least", Least), ("most", Most), ("while", While), ("whileLeast", WhileLeast), ("whileMost", WhileMost),
    ];
}
