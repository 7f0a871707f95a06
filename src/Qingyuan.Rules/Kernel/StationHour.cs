namespace Qingyuan.Rules.Kernel;

/// <summary>One clock hour on a station's own wall clock: the unit in which gas validity is judged.</summary>
/// <remarks>
/// <para>Half-open: 08 means [08:00:00, 09:00:00). A sample stamped 09:00:00 opens the next hour.</para>
/// <para>Carries no zone, because HJ 212 sends none; <see cref="AtOffset"/> is the only way to an instant.</para>
/// </remarks>
public readonly record struct StationHour(DateOnly Day, byte Hour) : IComparable<StationHour>
{
    /// <summary>The hour that holds <paramref name="stamp"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="stamp"/> claims a zone (its kind is not Unspecified).</exception>
    public static StationHour Of(DateTime stamp) => stamp.Kind is DateTimeKind.Unspecified
        ? new(DateOnly.FromDateTime(stamp), (byte)stamp.Hour)
        : throw new ArgumentException("A station stamp has no zone.", nameof(stamp));

    /// <summary>First moment of the hour, wall clock.</summary>
    public DateTime Start => Day.ToDateTime(new TimeOnly(Hour, 0));

    /// <summary>The hour after this one.</summary>
    public StationHour Next => Of(Start.AddHours(1));

    /// <summary>The instant at which the hour begins, for a station whose clock runs at <paramref name="offset"/>.</summary>
    public DateTimeOffset AtOffset(TimeSpan offset) => new(Start, offset);

    /// <inheritdoc/>
    public int CompareTo(StationHour other) => (Day, Hour).CompareTo((other.Day, other.Hour));

    /// <summary>Earlier than.</summary>
    public static bool operator <(StationHour left, StationHour right) => left.CompareTo(right) < 0;

    /// <summary>Later than.</summary>
    public static bool operator >(StationHour left, StationHour right) => left.CompareTo(right) > 0;

    /// <summary>Earlier than or the same.</summary>
    public static bool operator <=(StationHour left, StationHour right) => left.CompareTo(right) <= 0;

    /// <summary>Later than or the same.</summary>
    public static bool operator >=(StationHour left, StationHour right) => left.CompareTo(right) >= 0;
}
