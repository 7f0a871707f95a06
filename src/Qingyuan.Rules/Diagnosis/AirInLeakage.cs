using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Diagnosis;

/// <summary>Suspected sampling leak (漏气): air dilutes the sample, so O2 rises towards air and every gas falls by the same share, while the duct itself runs on as before.</summary>
/// <remarks>Two gases and oxygen that agree with one dilution are independent observations; a change of the process would show in velocity or temperature. Low values meanwhile say nothing about compliance.</remarks>
[Clause("故障知识库", "F001/F002", Certainty = "CONFIRMED")]
public static class AirInLeakage
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("DIAG-AIR-IN-LEAKAGE", "1");

    /// <summary>Starting values of our own.</summary>
    /// <param name="Rise">O2 above its level before, percent by volume.</param>
    /// <param name="HoldMinutes">Whole minutes that must each show it.</param>
    /// <param name="Tolerance">Difference of measured and expected share of a gas.</param>
    /// <param name="LoadTolerance">Relative change of velocity and temperature that still counts as steady.</param>
    /// <param name="GapMinutes">Newest minutes left out of the level before.</param>
    /// <param name="BaseMinutes">Minutes the level before looks back over, beyond the gap.</param>
    /// <param name="NeededBase">Minutes it needs.</param>
    public sealed record Settings(
        decimal Rise = 2.0m, int HoldMinutes = 2, decimal Tolerance = 0.15m, decimal LoadTolerance = 0.10m, int GapMinutes = 6, int BaseMinutes = 20, int NeededBase = 5);

    private const decimal AmbientOxygen = 20.9m;

    /// <summary>Looks for a leak that has held for the last minutes.</summary>
    /// <param name="oxygen">O2.</param>
    /// <param name="gases">Gas pollutants by code.</param>
    /// <param name="load">Velocity, temperature: at least one is needed, all must be steady.</param>
    /// <param name="settings">Thresholds.</param>
    /// <returns>Null when there is none, or too little is known to say so.</returns>
    public static Finding? Detect(
        MinuteTrail oxygen, IReadOnlyList<(string Factor, MinuteTrail Trail)> gases, IReadOnlyList<MinuteTrail> load, Settings settings)
    {
        if (oxygen.Points.Length == 0) return null;
        var window = new Window(oxygen.Points[^1].At, settings);
        if (window.Before(oxygen) is not { } before || window.Now(oxygen) is not { } now || before >= AmbientOxygen) return null;
        if (window.Newest(oxygen).Any(point => point.Mean < before + settings.Rise)) return null;
        if (load.Count == 0 || !load.All(trail => IsSteady(trail, window, settings))) return null;
        var kept = 1m - ((Math.Min(now, AmbientOxygen) - before) / (AmbientOxygen - before));
        var evidence = gases.Select(gas => Weigh(gas.Factor, gas.Trail, kept, window)).Where(each => each is not null && Agrees(each, kept, settings)).ToArray();
        return evidence.Length < 2 ? null : Describe(oxygen, before, now, kept, evidence!, settings);
    }

    /// <summary>False when the newest minute alone shows that O2 has not risen: a leak needs each minute of the hold above the lowest of those before by <see cref="Settings.Rise"/>.</summary>
    public static bool IsOxygenHigh(MinuteTrail oxygen, Settings settings)
    {
        var points = oxygen.Points;
        if (points.Length < settings.NeededBase) return false;
        var newest = points[^1].Mean;
        foreach (var point in points)
            if (newest >= point.Mean + settings.Rise) return true;
        return false;
    }

    /// <summary>True when O2 is back near its level before for the last two minutes.</summary>
    public static bool IsOver(MinuteTrail oxygen, decimal before, Settings settings) =>
        oxygen.Points.Length >= 2 && oxygen.Points[^1].Mean <= before + (settings.Rise / 2) && oxygen.Points[^2].Mean <= before + (settings.Rise / 2);

    private static bool IsSteady(MinuteTrail trail, Window window, Settings settings) =>
        window.Before(trail) is { } before && window.Now(trail) is { } now && before != 0m && Math.Abs((now / before) - 1m) <= settings.LoadTolerance;

    private static Evidence? Weigh(string factor, MinuteTrail trail, decimal kept, Window window) =>
        window.Before(trail) is { } before && window.Now(trail) is { } now && before > 0m ? new(factor, before, now, before * kept) : null;

    private static bool Agrees(Evidence evidence, decimal kept, Settings settings) =>
        Math.Abs((evidence.Measured / evidence.Before) - kept) <= settings.Tolerance;

    private static Finding Describe(MinuteTrail oxygen, decimal before, decimal now, decimal kept, Evidence[] evidence, Settings settings)
    {
        var since = oxygen.Points.Reverse().TakeWhile(point => point.Mean >= before + settings.Rise).Last().At;
        var figures = new Dictionary<string, decimal> { ["oxygenBefore"] = before, ["oxygen"] = now, ["dilution"] = (1m - kept) * 100m };
        return new("air-in-leakage", since, figures, [new("a19001", before, now, now), .. evidence], Id.ToString());
    }

    private readonly record struct Window(DateTime Last, Settings Settings)
    {
        public IEnumerable<MinutePoint> Newest(MinuteTrail trail)
        {
            var from = Last.AddMinutes(1 - Settings.HoldMinutes);
            return trail.Points.Where(point => point.At >= from);
        }

        // All minutes of the hold must be there: a gap is not a leak.
        public decimal? Now(MinuteTrail trail)
        {
            var points = Newest(trail).ToArray();
            return points.Length < Settings.HoldMinutes ? null : points.Average(point => point.Mean);
        }

        public decimal? Before(MinuteTrail trail)
        {
            var (to, from) = (Last.AddMinutes(-Settings.GapMinutes), Last.AddMinutes(-Settings.GapMinutes - Settings.BaseMinutes));
            var points = trail.Points.Where(point => point.At > from && point.At <= to).Select(point => point.Mean).Order().ToArray();
            return points.Length < Settings.NeededBase ? null : points[points.Length / 2];
        }
    }
}
