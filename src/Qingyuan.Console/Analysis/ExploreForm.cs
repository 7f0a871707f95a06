using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Console.Analysis;

/// <summary>What the form holds: the same text as the address and the API, with times as inputs write them.</summary>
public sealed class ExploreForm
{
    public string Stations { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Industry { get; set; } = "";

    public string Factor { get; set; } = "";

    /// <summary>Null while the field is empty.</summary>
    public DateTime? From { get; set; }

    public DateTime? To { get; set; }

    public string Resolution { get; set; } = "hour";

    public string Source { get; set; } = "reported";

    public string Value { get; set; } = "measured";

    public string Marks { get; set; } = "";

    public string Verdict { get; set; } = "";

    public string Least { get; set; } = "";

    public string Most { get; set; } = "";

    public string While { get; set; } = "";

    public string WhileLeast { get; set; } = "";

    public string WhileMost { get; set; } = "";

    /// <summary>The last seven whole days and today.</summary>
    public static ExploreForm Fresh(string factor, DateTime now) => new() { Factor = factor, From = now.Date.AddDays(-6), To = now.Date.AddDays(1) };

    public static ExploreForm Of(AnalysisText text, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(text);
        var form = Fresh(text.Factor ?? "", now);
        if (QueryTime.TryParse(text.From, out var from) && from is { } start) form.From = StationClock.Wall(start);
        if (QueryTime.TryParse(text.To, out var to) && to is { } end) form.To = StationClock.Wall(end);
        (form.Stations, form.Kind, form.Industry, form.Resolution, form.Source, form.Value) = (text.Stations ?? "", text.Kind ?? "", text.Industry ?? "", text.Resolution ?? "hour", text.Source ?? "reported", text.Value ?? "measured");
        (form.Marks, form.Verdict, form.Least, form.Most, form.While, form.WhileLeast, form.WhileMost) =
            (text.Marks ?? "", text.Verdict ?? "", text.Least ?? "", text.Most ?? "", text.While ?? "", text.WhileLeast ?? "", text.WhileMost ?? "");
        return form;
    }

    public AnalysisText ToText() => new()
    {
        Stations = Stations.Trim(), Kind = Some(Kind), Industry = Some(Industry), Factor = Factor.Trim(), From = ExploreModels.Time(From), To = ExploreModels.Time(To), Resolution = Resolution, Source = Source is "reported" ? null : Source,
        Value = Value is "measured" ? null : Value, Marks = Some(Marks), Verdict = Some(Verdict), Least = Some(Least), Most = Some(Most), While = Some(While), WhileLeast = Some(WhileLeast), WhileMost = Some(WhileMost),
    };

    private static string? Some(string text) => text.Trim() is { Length: > 0 } said ? said : null;
}
