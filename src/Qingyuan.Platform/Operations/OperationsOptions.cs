using System.ComponentModel.DataAnnotations;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Operations;

namespace Qingyuan.Platform.Operations;

/// <summary>Settings of the slice, section <c>Operations</c>.</summary>
public sealed class OperationsOptions : IValidatableObject
{
    public const string Section = "Operations";

    /// <summary>Alarm kinds that open a work order by themselves, such as <c>DeviceFault</c>; null takes the rules' own choice.</summary>
    public IReadOnlyList<string>? OpenFor { get; set; }

    /// <summary>Lengths of fault clocks by name, where the installation's rules differ: <c>on-site</c> = <c>02:00:00</c>.</summary>
    public Dictionary<string, TimeSpan> ClockLengths { get; set; } = [];

    /// <summary>Public holidays, <c>yyyy-MM-dd</c>: not working days.</summary>
    public HashSet<DateOnly> Holidays { get; set; } = [];

    /// <summary>Saturdays and Sundays that are worked instead (调休).</summary>
    public HashSet<DateOnly> WorkedWeekends { get; set; } = [];

    /// <summary>A note about the same event (an alarm that flaps) is added to an order at most this often.</summary>
    /// <value>One hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan NoteEvery { get; set; } = TimeSpan.FromHours(1);

    public bool Opens(AlarmKind kind) => OpenFor is { } chosen
        ? chosen.Contains(kind.ToString(), StringComparer.OrdinalIgnoreCase)
        : OrderKinds.OpenedByDefault.Contains((SignalKind)kind);

    public WorkCalendar Calendar => new(Holidays, WorkedWeekends);

    /// <summary>The rules' clocks with this installation's lengths.</summary>
    public IReadOnlyList<FaultClockRule> Clocks =>
        [.. FaultClocks.Defaults.Select(rule => ClockLengths.TryGetValue(rule.Name, out var length) ? rule with { Length = length, WorkingDays = null } : rule)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var kind in OpenFor ?? [])
            if (!Enum.TryParse<AlarmKind>(kind, ignoreCase: true, out var known) || OrderKinds.For((SignalKind)known) is null)
                yield return new($"Operations:OpenFor: no work order handles '{kind}'.", [nameof(OpenFor)]);
        foreach (var (name, length) in ClockLengths)
            if (FaultClocks.Defaults.All(rule => rule.Name != name) || length <= TimeSpan.Zero)
                yield return new($"Operations:ClockLengths: no clock '{name}', or not a length.", [nameof(ClockLengths)]);
    }
}
