using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>Where a target stands in a part of the log. The live one has no id: it follows what comes now.</summary>
/// <param name="id">Of its row; null for the live one.</param>
/// <param name="kind">Without a meaning for the live one.</param>
/// <param name="command">The one CN; 0 for all.</param>
/// <param name="from">The part begins after this frame.</param>
/// <param name="until">The last frame of it; null while it has no end.</param>
internal sealed class Place(Guid? id, LaneKind kind, int command, FrameId from, FrameId? until)
{
    public Guid? Id => id;

    public int Command => command;

    public FrameId From { get; } = from;

    public FrameId? Until => until;

    public bool IsLive => id is null;

    public bool IsUnanswered => id is not null && kind is LaneKind.Unanswered;

    /// <summary>Every frame up to here is done.</summary>
    public FrameId Position { get; set; } = from;

    /// <summary>Not tried before; null when nothing is known against it.</summary>
    public DateTimeOffset? RestsUntil { get; set; }

    /// <summary>What was done and not written down.</summary>
    public Progress? Unsaved { get; set; }

    public DateTimeOffset SavedAt { get; set; }

    /// <summary>The frame is this one's business and no other's.</summary>
    public bool Owns(FrameId frame, int command) => IsUnanswered && command == Command && frame > From && !(frame > until);
}
