using System.Collections.Frozen;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Months;

/// <summary>
/// Which months of values are gone, and up to which frame. Frames outlive values: one that is applied again, by a replay or a repair, must bring nothing back of what two persons
/// had deleted. A frame that came afterwards is new.
/// </summary>
internal sealed class DeletedValues(IDeletedMonths deleted)
{
    private readonly Lock _gate = new();
    private volatile FrozenDictionary<int, long>? _through;

    /// <summary>False until it was learnt what earlier runs deleted.</summary>
    public bool IsKnown => _through is not null;

    public async Task LearnAsync(CancellationToken ct)
    {
        if (IsKnown) return;
        var told = await deleted.ValuesAsync(ct);
        lock (_gate) _through ??= told.ToFrozenDictionary();
    }

    /// <summary>True when the frame's values of that month went with it.</summary>
    public bool Holds(int month, FrameId frame) => _through is { Count: > 0 } through && through.TryGetValue(month, out var last) && frame.Batch <= last;

    /// <summary>The month is gone now. Learnt before.</summary>
    public void Add(int month, long through)
    {
        lock (_gate) _through = new Dictionary<int, long>(_through!) { [month] = through }.ToFrozenDictionary();
    }
}
