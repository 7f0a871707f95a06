using System.Globalization;
using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Diagnosis;
using Qingyuan.Rules.Emissions;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Operations;
using Qingyuan.Rules.QualityControl;
using Qingyuan.Rules.Validity;
using Qingyuan.Rules.Validity.Hj356;
using Qingyuan.Rules.Validity.Hj75;
using static Qingyuan.Rules.Tests.Specs.SpecTests;

namespace Qingyuan.Rules.Tests.Specs;

/// <summary>The verbs of spec files. What was loaded last is what is expected of.</summary>
internal sealed class SpecBench
{
    private readonly List<MinuteReading> _minutes = [];
    private readonly List<PeriodJudgement> _hours = [];
    private readonly List<DayHour> _water = [];
    private readonly List<WaterReading> _readings = [];
    private FlagLetters _table = FlagLetters.Hj75;
    private SameText _same = SameText.None;
    private ClockTrack _clock = ClockTrack.None;
    private readonly Dictionary<string, MinuteTrail> _trails = [];

    public int Expectations { get; private set; }

    /// <summary>Null when fine, else what came out instead.</summary>
    public string? Run(SpecLine line)
    {
        if (line.Verb.StartsWith("expect", StringComparison.Ordinal)) Expectations++;
        return line.Verb switch
        {
            "table" => Done(() => _table = Enum.Parse<FlagLetters>(line.Words[0], true)),
            "hour" => Done(_minutes.Clear),
            "minutes" => Done(() => Minutes(line)),
            "expect-hour" => Hour(line),
            "expect-mark" => Is(line.Words[0], HourMark.Derive(_minutes)),
            "expect-flag" => Is(line.Words[2], $"{DataMarks.Read(line.Words[1], Enum.Parse<FlagLetters>(line.Words[0], true))}"),
            "expect-minute" => Minute(line),
            "day" => Done(() => { _hours.Clear(); _water.Clear(); }),
            "hours" => Done(() => Hours(line)),
            "expect-day" => Day(line),
            "expect-water-day" => Judged(line, DayMean.Judge(_water, int.Parse(line["decimals"], CultureInfo.InvariantCulture))),
            "results" => Done(() => { if (line.Words.Contains("none")) _readings.Clear(); else Readings(line); }),
            "expect-water-hour" => WaterHour(line),
            "expect-cycles" => Is(line.Words[0], Cycles.Results(_readings, Span(line["cycle"])).Count.ToString(CultureInfo.InvariantCulture)),
            "expect-round" => Is(line["half-even"] + "/" + line["half-away"], Rounded(line)),
            "expect-converted" => Is(line.Words[0], ReferenceOxygen.Convert(Number(line["c"]), Number(line["o2"]), Number(line["ref"])) is { } c ? $"{Rounding.HalfEven(c, 2)}" : "undefined"),
            "expect-limit" => Limit(line),
            "expect-climb" => Climb(line),
            "same" => Done(() => Same(line)),
            "expect-stuck" => Is(line.Words[0], StuckValue.IsStuck(_same, line.Find("moved") is { } moved ? At(moved) : null, new()) ? "yes" : "no"),
            "expect-stuck-cycles" => Is(line.Words[0], StuckValue.IsStuckOverCycles(_same, line["flow"] != "0", new()) ? "yes" : "no"),
            "expect-light" => Is(line.Words[0], $"{LivenessRule.Judge(line["silence"] == "never" ? null : Span(line["silence"]), Span(line["interval"]), LivenessRule.Settings.Default)}"),
            "clock" => Done(() => Clock(line)),
            "expect-clock" => Is(line.Words[0], _clock.Wrong ? "wrong" : "right"),
            "expect-device" => Is(line.Words[2], DeviceStates.Read(line.Words[0], line.Words[1]) is { } meaning ? (meaning.IsFault ? "fault" : $"{meaning.State?.ToString() ?? "nothing"}") : "no-state"),
            "expect-check" => Check(line, StandardCheck.Judge(Number(line["measured"]), Number(line["standard"]))),
            "expect-drift" => Check(line, Drift.Judge(Enum.Parse<DriftAnalyser>(line.Words[1], true), line.Words[2] == "zero", Number(line["reading"]), Number(line["reference"]), Number(line["range"]))),
            "trail" => Done(() => Trail(line)),
            "expect-leak" => Leak(line),
            "expect-clocks" => Is(string.Join(' ', line.Words.Skip(1)), string.Join(' ', FaultClocks.For(line.Words[0], line.Find("class"), FaultClocks.Defaults).Select(rule => rule.Name))),
            "expect-act" => Act(line),
            "expect-command" => CommandSpecs.Command(line),
            "expect-before" => CommandSpecs.Before(line),
            "expect-asking" => CommandSpecs.Asking(line),
            "expect-automatic" => CommandSpecs.Automatic(line),
            "expect-explanation" => CommandSpecs.Explanation(line),
            "expect-parameter" => CommandSpecs.Parameter(line),
            "expect-missing" => BackfillSpecs.Missing(line),
            "expect-runs" => BackfillSpecs.Runs(line),
            "expect-gap" => BackfillSpecs.After(line),
            "expect-call" => Is(line.Words[2], NotificationRules.Calls(Enum.Parse<SignalKind>(line.Words[0]), Enum.Parse<SignalSeverity>(line.Words[1])) ? "yes" : "no"),
            "expect-next" => Next(line),
            "expect-alarm" => Alarm(line),
            _ => "unknown verb",
        };
    }

    private static string? Done(Action act)
    {
        act();
        return null;
    }

    internal static string? Is(string expected, string actual) => expected == actual ? null : $"expected {expected}, came out as {actual}";

    // minutes 00-41 18.2 N
    private void Minutes(SpecLine line)
    {
        var (from, to) = Span2(line.Words[0]);
        for (var minute = from; minute <= to; minute++)
            _minutes.Add(new(minute, WireNumber.Parse(line.Words[1])?.Value, DataMarks.Read(line.Words.Count > 2 ? line.Words[2] : null, _table)));
    }

    private string? Hour(SpecLine line)
    {
        (decimal?, decimal)? oxygen = line.Find("ref") is { } reference ? (line["o2"] == "none" ? null : Number(line["o2"]), Number(reference)) : null;
        return Judged(line, HourValidity.Judge(_minutes, int.Parse(line.Find("decimals") ?? "1", CultureInfo.InvariantCulture), oxygen));
    }

    private static string? Judged(SpecLine line, PeriodJudgement judgement) =>
        Is(line.Words[0], judgement.Code)
        ?? (line.Find("mean") is { } mean ? Is(mean, Text(judgement.Mean)) : null)
        ?? (line.Find("converted") is { } converted ? Is(converted, Text(judgement.Converted)) : null)
        ?? (line.Find("used") is { } used ? Is(used, $"{judgement.Used}") : null)
        ?? (line.Find("due") is { } due ? Is(due, $"{judgement.Due}") : null)
        ?? (line.Find("mark") is { } mark ? Is(mark, judgement.Mark ?? "none") : null);

    private static string Text(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "none";

    private string? Minute(SpecLine line)
    {
        var samples = line.Words.Skip(2).Select(word => word.Split('/')).Select(pair => (WireNumber.Parse(pair[0])?.Value, DataMarks.Read(pair[1], _table))).ToArray();
        var minute = MinuteFromRealtime.Derive(0, samples);
        return Is(line.Words[0], Text(minute.Value)) ?? Is(line.Words[1], DataMarks.Letter(minute.State));
    }

    // hours 18 valid 30.0 flow=100      hours 4 stopped
    private void Hours(SpecLine line)
    {
        var verdict = Enum.Parse<PeriodVerdict>(line.Words[1], true);
        decimal? mean = line.Words.Count > 2 ? Number(line.Words[2]) : null;
        var judgement = new PeriodJudgement(verdict, verdict is PeriodVerdict.Invalid ? "x" : null, "N", mean, line.Find("converted") is { } c ? Number(c) : null, mean, mean, 1, 1, "X@1", "");
        for (var count = int.Parse(line.Words[0], CultureInfo.InvariantCulture); count > 0; count--)
        {
            _hours.Add(judgement);
            _water.Add(new(judgement, line.Find("flow") is { } flow ? Number(flow) : null));
        }
    }

    private string? Day(SpecLine line) => Judged(line, DayValidity.Judge(_hours, int.Parse(line.Find("decimals") ?? "1", CultureInfo.InvariantCulture)));

    // results 10:40-12:30 value=24.1 sampled=10:00 flag=N      one reading a minute
    private void Readings(SpecLine line)
    {
        var ends = line.Words[0].Split('-');
        for (var at = At(ends[0]); at <= At(ends[^1]); at = at.AddMinutes(1))
            _readings.Add(new(at, line.Find("sampled") is { } sampled ? At(sampled) : null, WireNumber.Parse(line["value"])?.Value, DataMarks.Read(line.Find("flag"), _table)));
    }

    private string? WaterHour(SpecLine line)
    {
        bool? discharged = line["discharge"] switch { "yes" => true, "no" => false, _ => null };
        if (line.Find("cycle") is not { } cycle) return Judged(line, HourResult.JudgeContinuous([.. _readings.Where(reading => reading.At >= At(line["hour"]) && reading.At < At(line["hour"]).AddHours(1))], discharged, 1));
        return Judged(line, HourResult.Judge(At(line["hour"]), Cycles.Results(_readings, Span(cycle)), Span(cycle), discharged, 1));
    }

    private static string Rounded(SpecLine line)
    {
        var decimals = int.Parse(line["decimals"], CultureInfo.InvariantCulture);
        return Text(Rounding.HalfEven(Number(line["value"]), decimals)) + "/" + Text(Rounding.HalfAway(Number(line["value"]), decimals));
    }

    private static string? Limit(SpecLine line)
    {
        decimal? Named(string name) => line.Find(name) is { } text ? Number(text) : null;
        var judgement = Exceedance.Judge(new(Named("upper"), Named("lower"), Named("cold"), LimitBasisKind.HourlyMean), Number(line["value"]), Named("water"));
        return Is(line.Words[0], judgement.Exceeded ? "exceeded" : "within") ?? (line.Find("limit") is { } limit ? Is(limit, Text(judgement.Limit)) : null);
    }

    private static string? Climb(SpecLine line) => Is(
        line.Words[0], Climbing.Judge(line.Find("active") == "yes", [.. line.Words.Skip(1).Select(Number)], Number(line["limit"]), new()) ? "warns" : "quiet");

    // same 08:00-09:10 18.2 sampled=…    one reading a minute
    private void Same(SpecLine line)
    {
        var ends = line.Words[0].Split('-');
        for (var at = At(ends[0]); at <= At(ends[^1]); at = at.AddMinutes(1)) _same = _same.After(line.Words[1], at, line.Find("sampled") is { } sampled ? At(sampled) : null);
    }

    private void Clock(SpecLine line)
    {
        var received = new DateTimeOffset(At(line["received"]), TimeSpan.FromHours(8));
        _clock = ClockSkew.After(_clock, At(line["built"]), received, At(line["received"]), ClockSkew.Settings.Default);
    }

    private static string? Check(SpecLine line, CheckResult? result) =>
        Is(line.Words[0], result?.Verdict switch { CheckVerdict.Pass => "pass", CheckVerdict.Adjust => "adjust", CheckVerdict.OutOfControl => "out-of-control", _ => "undefined" })
        ?? (line.Find("error") is { } error ? Is(error, Text(Rounding.HalfEven(result!.Error, 1))) : null);

    // trail a19001 08:00-08:20 16.0
    private void Trail(SpecLine line)
    {
        var ends = line.Words[1].Split('-');
        var trail = _trails.GetValueOrDefault(line.Words[0], MinuteTrail.Empty);
        for (var at = At(ends[0]); at <= At(ends[^1]); at = at.AddSeconds(30)) trail = trail.After(at, Number(line.Words[2]), null);
        _trails[line.Words[0]] = trail;
    }

    private string? Leak(SpecLine line)
    {
        var gases = _trails.Where(pair => FactorCodes.IsGasPollutant(pair.Key)).Select(pair => (pair.Key, pair.Value)).ToArray();
        MinuteTrail[] load = [.. _trails.Where(pair => pair.Key is FactorCodes.Velocity or FactorCodes.FlueTemperature).Select(pair => pair.Value)];
        var finding = AirInLeakage.Detect(_trails[FactorCodes.Oxygen], gases, load, new());
        return Is(line.Words[0], finding is null ? "none" : "suspected")
            ?? (line.Find("dilution") is { } dilution ? Is(dilution, Text(Rounding.HalfEven(finding!.Figures["dilution"], 0))) : null)
            ?? (line.Find("supports") is { } count ? Is(count, $"{finding!.Evidence.Count - 1}") : null);
    }

    private static string? Act(SpecLine line)
    {
        var order = new OrderFacts(Enum.Parse<OrderState>(line.Words[1], true), line.Find("technician"), [.. (line.Find("workers") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Person)]);
        var result = WorkOrderRules.Decide(order, Enum.Parse<OrderAct>(line.Words[2], true), Person(line["by"]), line.Named);
        return Is(line.Words[0], result.TryGet(out var decision, out var refusal) ? $"{decision.State}" : refusal.Code);
    }

    internal static OrderActor Person(string text) => text.Split('/') is [var id, var role] ? new(id, role) : throw new FormatException(text);

    private static string? Next(SpecLine line)
    {
        var tries = line.Words.Skip(1).Select(word => word.Split('@')).Select(pair => new NotificationTry(pair[0], new(At(pair[1]), TimeSpan.Zero), null)).ToArray();
        var decision = Escalation.Next(AlarmPhase.Active, line["on-call"].Split(','), tries, new(At(line["now"]), TimeSpan.Zero), EscalationPolicy.Default);
        return Is(line.Words[0], decision.Person ?? decision.Move.ToString().ToLowerInvariant());
    }

    private static string? Alarm(SpecLine line)
    {
        AlarmFacts? alarm = null;
        AlarmEvent last = AlarmEvent.None;
        foreach (var word in line.Words.Skip(2))
        {
            var step = word switch
            {
                "raise" => AlarmLife.Raise(alarm),
                "gone" => AlarmLife.CauseGone(alarm),
                "acknowledge" => AlarmLife.Acknowledge(alarm!).Value,
                "shelve" => AlarmLife.Shelve(alarm!, DateTimeOffset.UnixEpoch, TimeSpan.FromHours(1), "reason").Value,
                "later" => AlarmLife.Tick(alarm!, DateTimeOffset.UnixEpoch.AddHours(1)),
                _ => AlarmLife.Clear(alarm!, "reason").Value,
            };
            (alarm, last) = (step.After, step.Event);
        }

        return Is(line.Words[0], $"{alarm!.Phase}") ?? Is(line.Words[1], $"{last}");
    }

    private static (int From, int To) Span2(string text) => text.Split('-') is [var from, var to]
        ? (int.Parse(from, CultureInfo.InvariantCulture), int.Parse(to, CultureInfo.InvariantCulture))
        : (int.Parse(text, CultureInfo.InvariantCulture), int.Parse(text, CultureInfo.InvariantCulture));

    private static TimeSpan Span(string text) => text[^1] switch
    {
        's' => TimeSpan.FromSeconds(int.Parse(text[..^1], CultureInfo.InvariantCulture)),
        'm' => TimeSpan.FromMinutes(int.Parse(text[..^1], CultureInfo.InvariantCulture)),
        _ => TimeSpan.FromHours(int.Parse(text[..^1], CultureInfo.InvariantCulture)),
    };

    private static DateTime At(string text) => new DateTime(2026, 3, 1) + TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}
