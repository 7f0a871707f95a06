using System.Collections.Concurrent;
using Qingyuan.Platform.Exchange.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <param name="FailingSince">Since when the target takes nothing; null while it does.</param>
internal sealed record TargetState(TargetPhase Phase, DateTimeOffset Since, string? Trouble, DateTimeOffset? FailingSince);

/// <summary>How the lines of this node stand now.</summary>
internal sealed class TargetStates(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, TargetState> _states = new();

    public TargetState? Of(Guid target) => _states.GetValueOrDefault(target);

    public void Set(Guid target, TargetPhase phase, string? trouble = null)
    {
        var now = clock.GetUtcNow();
        _states.AddOrUpdate(
            target,
            _ => new(phase, now, trouble, phase is TargetPhase.Waiting ? now : null),
            (_, was) => new(phase, was.Phase == phase ? was.Since : now, trouble, phase is TargetPhase.Waiting ? was.FailingSince ?? now : phase is TargetPhase.Off ? null : was.FailingSince));
    }

    /// <summary>The target has taken something.</summary>
    public void Delivered(Guid target)
    {
        if (_states.TryGetValue(target, out var was) && was.FailingSince is not null) _states[target] = was with { FailingSince = null };
    }
}
