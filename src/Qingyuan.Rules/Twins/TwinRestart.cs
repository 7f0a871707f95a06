using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Twins;

/// <summary>What is known from outside when a twin begins anew: it neither raises again nor forgets what was open.</summary>
/// <param name="Causes">Open alarms by cause.</param>
/// <param name="Leak">The leak suspected before, null when none.</param>
/// <param name="HoursToJudge">Hours that may wait to be judged.</param>
/// <param name="DaysToJudge">Days that may wait to be judged.</param>
/// <param name="NewestHour">The newest hour judged so far.</param>
/// <param name="NewestDay">The newest day judged so far.</param>
public sealed record TwinMemory(
    IReadOnlyDictionary<string, OpenCause> Causes, LeakTrack? Leak, IReadOnlyList<DateTime> HoursToJudge, IReadOnlyList<DateTime> DaysToJudge, DateTime? NewestHour, DateTime? NewestDay)
{
    /// <summary>Newest device states by name, as <see cref="TwinState.Devices"/>.</summary>
    public IReadOnlyDictionary<string, string> Devices { get; init; } = new Dictionary<string, string>();

    /// <summary>Draft marks that devices opened and nobody closed.</summary>
    public IReadOnlyList<DraftMark> Marks { get; init; } = [];
}

/// <summary>Begins a twin from what is stored.</summary>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.2", Certainty = "SINGLE")]
public static class TwinRestart
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("TWIN-RESTART", "1");

    /// <summary>The state after the newest stored frames, told without effects, then set right by what is known from outside.</summary>
    public static TwinState Begin(IEnumerable<TwinReport> recent, TwinMemory memory, Moment now, TwinSettings settings)
    {
        var state = TwinState.Fresh(DateTimeOffset.MinValue);
        foreach (var report in recent) state = Twin.Apply(state, report, settings).State;
        return state with
        {
            StartedAt = now.At,
            Causes = state.Causes.Clear().AddRange(memory.Causes),
            Leak = memory.Leak,
            Devices = state.Devices.SetItems(memory.Devices),
            Marks = state.Marks.AddRange(memory.Marks),
            PendingHours = state.PendingHours.Clear().AddRange(memory.HoursToJudge.Distinct().Select(hour => KeyValuePair.Create(hour, now.At))),
            PendingDays = state.PendingDays.Clear().AddRange(memory.DaysToJudge.Distinct().Select(day => KeyValuePair.Create(day, now.At))),
            NewestHour = memory.NewestHour,
            NewestDay = memory.NewestDay,
        };
    }
}
