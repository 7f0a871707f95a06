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

    /// <summary>Code of a <see cref="RelativePeriod"/>, or empty: then the two times are asked for.</summary>
    public string Period { get; private set; } = "";

    /// <summary>Null while the field is empty. With a relative period what it comes to.</summary>
    public DateTime? From { get; private set; }

    public DateTime? To { get; private set; }

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

    /// <summary>The last seven days, today among them.</summary>
    public static ExploreForm Fresh(string factor, DateTime now)
    {
        var form = new ExploreForm { Factor = factor };
        form.Choose(RelativePeriod.Week, now);
        return form;
    }

    /// <summary>Beside times a relative period counts for nothing.</summary>
    public static ExploreForm Of(AnalysisText text, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(text);
        var form = Fresh(text.Factor ?? "", now);
        if (text.Period is { } period) form.Choose(period, now);
        if (QueryTime.TryParse(text.From, out var from) && from is { } start) form.Begin(StationClock.Wall(start));
        if (QueryTime.TryParse(text.To, out var to) && to is { } end) form.End(StationClock.Wall(end));
        (form.Stations, form.Kind, form.Industry, form.Resolution, form.Source, form.Value) = (text.Stations ?? "", text.Kind ?? "", text.Industry ?? "", text.Resolution ?? "hour", text.Source ?? "reported", text.Value ?? "measured");
        (form.Marks, form.Verdict, form.Least, form.Most, form.While, form.WhileLeast, form.WhileMost) =
            (text.Marks ?? "", text.Verdict ?? "", text.Least ?? "", text.Most ?? "", text.While ?? "", text.WhileLeast ?? "", text.WhileMost ?? "");
        return form;
    }

    /// <summary>Another period; with none of the relative ones the times stay as they are.</summary>
    public void Choose(string period, DateTime now)
    {
        Period = period;
        if (RelativePeriod.Find(period, now) is var (from, to)) (From, To) = (from, to);
    }

    /// <summary>A time of one's own: no relative period any more.</summary>
    public void Begin(DateTime? from) => (Period, From) = ("", from);

    /// <inheritdoc cref="Begin"/>
    public void End(DateTime? to) => (Period, To) = ("", to);

    /// <summary>Asks the same of another factor: what was asked of this one's values is asked of the moments.</summary>
    /// <param name="factor">Its code.</param>
    /// <param name="converted">Whether it has values at reference oxygen, where those were asked for.</param>
    public void Turn(string factor, bool converted)
    {
        if (Least.Trim() is not "" || Most.Trim() is not "") (While, WhileLeast, WhileMost) = (Factor, Least, Most);
        (Factor, Least, Most) = (factor, "", "");
        if (!converted) Value = "measured";
    }

    public AnalysisText ToText() => new()
    {
        Stations = Stations.Trim(), Kind = Some(Kind), Industry = Some(Industry), Factor = Factor.Trim(), From = Own(From), To = Own(To), Period = Some(Period), Resolution = Resolution, Source = Source is "reported" ? null : Source,
        Value = Value is "measured" ? null : Value, Marks = Some(Marks), Verdict = Some(Verdict), Least = Some(Least), Most = Some(Most), While = Some(While), WhileLeast = Some(WhileLeast), WhileMost = Some(WhileMost),
    };

    private string? Own(DateTime? time) => Period is "" && time is { } wall ? AnalysisText.Time(wall) : null;

    private static string? Some(string text) => text.Trim() is { Length: > 0 } said ? said : null;
}
