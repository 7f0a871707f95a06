using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Operations;

/// <summary>A time limit on fault handling, with where it comes from and how sure we are.</summary>
/// <param name="Name"><c>on-site</c>, <c>simple-fault</c>, <c>data-unit</c>, <c>report-authority</c>, <c>restore</c>, <c>restore-48h</c>.</param>
/// <param name="Length">Running time; null when it counts working days.</param>
/// <param name="WorkingDays">Working days; null when it runs in hours.</param>
/// <param name="StopsAt">The order state that stops it.</param>
/// <param name="Kinds">Order kinds it applies to.</param>
/// <param name="FaultClass">Kept only while the diagnosis is absent or names this class; null = any.</param>
/// <param name="Source">Document and clause.</param>
/// <param name="Certainty">CONFIRMED, SINGLE or FROM-MEMORY.</param>
public sealed record FaultClockRule(
    string Name, TimeSpan? Length, int? WorkingDays, OrderState StopsAt, IReadOnlyList<string> Kinds, string? FaultClass, string Source, string Certainty)
{
    /// <summary>When it runs out for an order opened at <paramref name="opened"/> (in the station's offset).</summary>
    public DateTimeOffset DueAt(DateTimeOffset opened, WorkCalendar calendar) =>
        Length is { } length ? opened + length : calendar.EndAfter(opened, WorkingDays ?? 0);
}

/// <summary>How a clock stands.</summary>
public enum ClockState
{
    /// <summary>More than a fifth is left.</summary>
    Running,

    /// <summary>80 % has run: the first escalation.</summary>
    NearlyDue,

    /// <summary>Run out: the second escalation.</summary>
    Overdue,

    /// <summary>Stopped in time.</summary>
    Met,

    /// <summary>Stopped too late.</summary>
    Missed,
}

/// <summary>Which clocks run on which order, when they start and stop, and when people must hear of them.</summary>
/// <remarks>All numbers are parameters. The restore clocks end with the tested repair; the duty to monitor by hand meanwhile is shown, not timed.</remarks>
[Clause("HJ 75-2017", "11.5", Certainty = "FROM-MEMORY")]
[Clause("生态环境部令第19号", "8", Certainty = "SINGLE")]
[Clause("环发〔2008〕6号", "15")]
public static class FaultClocks
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("FAULT-CLOCKS", "1");

    /// <summary>Share of a clock after which it counts as nearly due.</summary>
    public const decimal NearlyDueShare = 0.8m;

    private static readonly string[] Faults = [OrderKinds.DeviceFault, OrderKinds.SuspectedFault, OrderKinds.StuckValue, OrderKinds.MissingData, OrderKinds.LinkDown, OrderKinds.QualityControl];
    private static readonly string[] Analysers = [OrderKinds.DeviceFault, OrderKinds.SuspectedFault, OrderKinds.StuckValue, OrderKinds.QualityControl];
    private static readonly string[] DataUnits = [OrderKinds.LinkDown, OrderKinds.MissingData];

    /// <summary>The clocks as they come out of the box; an installation may replace them.</summary>
    public static IReadOnlyList<FaultClockRule> Defaults { get; } =
    [
        new("on-site", TimeSpan.FromHours(4), null, OrderState.Arrived, Faults, null, "HJ 75-2017 11.5", "FROM-MEMORY"),
        new("simple-fault", TimeSpan.FromHours(8), null, OrderState.Tested, Analysers, "simple", "HJ 75-2017 11.5", "FROM-MEMORY"),
        new("data-unit", TimeSpan.FromHours(12), null, OrderState.Tested, DataUnits, "data-unit", "HJ 75-2017 11.5", "FROM-MEMORY"),
        new("report-authority", TimeSpan.FromHours(12), null, OrderState.Closed, Faults, null, "部令第19号 8", "SINGLE"),
        new("restore", null, 5, OrderState.Tested, Faults, null, "部令第19号 8", "SINGLE"),
        new("restore-48h", TimeSpan.FromHours(48), null, OrderState.Tested, Faults, null, "环发〔2008〕6号 15", "CONFIRMED"),
    ];

    /// <summary>The clocks of an order of <paramref name="kind"/>; <paramref name="faultClass"/> is what the diagnosis says, null before it.</summary>
    public static IEnumerable<FaultClockRule> For(string kind, string? faultClass, IReadOnlyList<FaultClockRule> rules) =>
        rules.Where(rule => rule.Kinds.Contains(kind) && (rule.FaultClass is null || faultClass is null || rule.FaultClass == faultClass));

    /// <summary>True when reaching <paramref name="state"/> stops the clock. The report clock is also stopped by the report itself, see <c>report-authority</c>.</summary>
    public static bool IsStoppedBy(FaultClockRule rule, OrderState state) => state is OrderState.Cancelled || state >= rule.StopsAt;

    /// <summary>How a clock stands at <paramref name="now"/>.</summary>
    public static ClockState StateAt(DateTimeOffset opened, DateTimeOffset due, DateTimeOffset? stopped, DateTimeOffset now)
    {
        if (stopped is { } at) return at <= due ? ClockState.Met : ClockState.Missed;
        if (now >= due) return ClockState.Overdue;
        return now >= NearlyDueAt(opened, due) ? ClockState.NearlyDue : ClockState.Running;
    }

    /// <summary>When the first escalation is due.</summary>
    public static DateTimeOffset NearlyDueAt(DateTimeOffset opened, DateTimeOffset due) => opened + TimeSpan.FromTicks((long)((due - opened).Ticks * NearlyDueShare));
}
