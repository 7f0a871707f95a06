using Qingyuan.Platform.Backup.Contracts;

namespace Qingyuan.Platform.Backup;

/// <summary>One try to take a backup.</summary>
internal sealed class BackupRunRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public BackupKind Kind { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Path { get; init; }

    public long Bytes { get; init; }

    public long Added { get; init; }

    public double Seconds { get; init; }

    /// <summary>Null when it was taken.</summary>
    public string? Why { get; init; }

    public string? ActorId { get; init; }
}

/// <summary>One drill, passed or not.</summary>
internal sealed class DrillRow
{
    public Guid Id { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Backup { get; init; }

    public double RtoSeconds { get; init; }

    public double RpoSeconds { get; init; }

    public long FramesChecked { get; init; }

    public long ChunksChecked { get; init; }

    public int ProofsChecked { get; init; }

    public int DigestsChecked { get; init; }

    public bool Ok { get; init; }

    /// <summary>One a line.</summary>
    public required string Findings { get; init; }
}
