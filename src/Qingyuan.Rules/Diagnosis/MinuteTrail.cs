using System.Collections.Immutable;

namespace Qingyuan.Rules.Diagnosis;

/// <summary>A closed minute of one factor.</summary>
/// <param name="At">Start of the minute.</param>
/// <param name="Mean">As measured.</param>
/// <param name="Converted">At reference oxygen; null where it does not apply.</param>
public readonly record struct MinutePoint(DateTime At, decimal Mean, decimal? Converted);

/// <summary>The newest minutes of a factor, oldest first, normal values only, none older than forty minutes before the newest, and the minute that is still open.</summary>
public readonly record struct MinuteTrail
{
    private const int Kept = 40;

    /// <summary>Nothing seen.</summary>
    public static MinuteTrail Empty => default;

    /// <summary>Closed minutes, oldest first; minutes without normal values are absent.</summary>
    public ImmutableArray<MinutePoint> Points
    {
        get => field.IsDefault ? [] : field;
        private init;
    }

    private DateTime Minute { get; init; }
    private decimal Sum { get; init; }
    private decimal ConvertedSum { get; init; }
    private int Count { get; init; }
    private int ConvertedCount { get; init; }

    /// <summary>Start of the newest closed minute, null before the first.</summary>
    public DateTime? Newest => Points.Length == 0 ? null : Points[^1].At;

    /// <summary>The trail after a real-time value (null: one that does not count). The first value of a later minute closes the minute before. Older values change nothing.</summary>
    public MinuteTrail After(DateTime at, decimal? value, decimal? converted)
    {
        var minute = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));
        if (minute < Minute) return this;
        var trail = minute > Minute && Count > 0 ? Closed() : this;
        if (value is not { } number) return trail with { Minute = minute };
        return trail with
        {
            Minute = minute,
            Sum = trail.Sum + number,
            Count = trail.Count + 1,
            ConvertedSum = trail.ConvertedSum + (converted ?? 0),
            ConvertedCount = trail.ConvertedCount + (converted is null ? 0 : 1),
        };
    }

    /// <summary>The trail after minute data of the logger that speak for <paramref name="minutes"/> minutes; ignored where real-time values were there first.</summary>
    public MinuteTrail AfterMinuteData(DateTime start, int minutes, decimal value, decimal? converted)
    {
        if (Minute > start || (Points.Length > 0 && Points[^1].At >= start)) return this;
        var points = Points;
        for (var minute = 0; minute < minutes; minute++) points = points.Add(new(start.AddMinutes(minute), value, converted));
        return this with { Points = Trimmed(points), Minute = start.AddMinutes(minutes), Sum = 0, Count = 0, ConvertedSum = 0, ConvertedCount = 0 };
    }

    private MinuteTrail Closed() => this with
    {
        Points = Trimmed(Points.Add(new(Minute, Sum / Count, ConvertedCount == Count ? ConvertedSum / Count : null))),
        Sum = 0,
        Count = 0,
        ConvertedSum = 0,
        ConvertedCount = 0,
    };

    private static ImmutableArray<MinutePoint> Trimmed(ImmutableArray<MinutePoint> points)
    {
        var oldest = points[^1].At.AddMinutes(-Kept);
        var old = 0;
        while (points[old].At <= oldest) old++;
        return old == 0 ? points : points.RemoveRange(0, old);
    }
}
