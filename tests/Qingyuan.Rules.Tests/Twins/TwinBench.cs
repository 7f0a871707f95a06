using System.Globalization;
using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Twins;
using Qingyuan.Rules.Validity;

namespace Qingyuan.Rules.Tests.Twins;

/// <summary>A twin under test: feeds frames, keeps state and everything it said.</summary>
internal sealed class TwinBench(TwinSettings settings)
{
    public static readonly DateTime Start = new(2026, 3, 1, 8, 0, 0);

    private int _frame;

    public TwinState State { get; private set; } = TwinState.Fresh(At(Start).At);

    public List<TwinEffect> Effects { get; } = [];

    public IEnumerable<Signal> Signals => Effects.OfType<SignalEffect>().Select(effect => effect.Signal);

    public static Moment At(DateTime wall) => new(new DateTimeOffset(wall, TimeSpan.FromHours(8)), wall);

    public static TwinSettings Gas(decimal limit = 50m) => new(Medium.Gas, FlagLetters.Hj212, 16m, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1),
    [
        new("a21026", "mg/m3", 1, new(35m, null, null, LimitBasisKind.HourlyConverted), null, 100m, "gas"),
        new("a21002", "mg/m3", 1, new(limit, null, null, LimitBasisKind.HourlyConverted), null, 200m, "gas"),
        new("a19001", "%", 2, null, null, 25m, "o2"),
        new("a01011", "m/s", 2, null, null, null, "flow"),
    ]);

    public static TwinSettings Water() => new(Medium.Water, FlagLetters.Hj212, null, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10),
    [
        new("w01018", "mg/L", 1, new(50m, null, null, LimitBasisKind.DailyMean), TimeSpan.FromHours(2), 200m, "cod"),
        new("w00000", "L/s", 2, null, null, null, "flow"),
    ]);

    public TwinBench Send(DateTime at, params (string Factor, string Text, string? Flag)[] values) => Apply("2011", at, at, values, null);

    public TwinBench Send(DateTime at, DateTime received, params (string Factor, string Text, string? Flag)[] values) => Apply("2011", at, received, values, null);

    public TwinBench Sampled(DateTime at, DateTime sampled, params (string Factor, string Text, string? Flag)[] values) => Apply("2011", at, at, values, sampled);

    public TwinBench Fields(string command, DateTime at, params (string Name, string Value)[] fields)
    {
        Take(Twin.Apply(State, new($"1-{_frame++}", At(at), command, at, at, [], [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]), settings));
        return this;
    }

    public TwinBench Link(bool up, DateTime at)
    {
        Take(Twin.LinkChanged(State, up, "127.0.0.1:1", At(at), settings));
        return this;
    }

    public TwinBench Tick(DateTime now)
    {
        Take(Twin.Tick(State, At(now), settings));
        return this;
    }

    public TwinBench Hour(DateTime hour, string factor, PeriodVerdict verdict, decimal? mean, decimal? converted = null, decimal? reported = null, bool isNew = true)
    {
        var judgement = new PeriodJudgement(verdict, verdict is PeriodVerdict.Invalid ? "x" : null, null, mean, converted, mean, mean, 60, 60, "X@1", "");
        Take(Twin.HourJudged(State, hour, [new(factor, judgement, reported)], isNew, At(hour.AddHours(1)), settings));
        return this;
    }

    public TwinBench Day(DateTime day, string factor, decimal mean)
    {
        Take(Twin.DayJudged(State, day, [new(factor, new(PeriodVerdict.Valid, null, null, mean, null, mean, mean, 24, 24, "X@1", ""), null)], true, At(day.AddDays(1)), settings));
        return this;
    }

    /// <summary>Causes raised and cleared so far: <c>+cause@HH:mm</c>, <c>-cause@HH:mm</c>.</summary>
    public IReadOnlyList<string> Said => [.. Signals.Select(signal => string.Create(CultureInfo.InvariantCulture, $"{(signal.Active ? '+' : '-')}{signal.Cause}@{signal.Since:HH:mm}"))];

    private TwinBench Apply(string command, DateTime at, DateTime received, (string Factor, string Text, string? Flag)[] values, DateTime? sampled)
    {
        Take(Twin.Apply(State, new($"1-{_frame++}", At(received), command, at, received, [.. values.Select(value => new TwinValue(value.Factor, "Rtd", value.Text, value.Flag, sampled))], []), settings));
        return this;
    }

    private void Take(TwinOutcome outcome)
    {
        State = outcome.State;
        Effects.AddRange(outcome.Effects);
    }
}
