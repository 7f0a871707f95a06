using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Exchange.Files;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>One further platform.</summary>
internal sealed class TargetRow
{
    public Guid Id { get; init; }

    public required string Name { get; init; }

    public TargetKind Kind { get; set; }

    public string Host { get; set; } = "";

    public int Port { get; set; }

    public bool Tls { get; set; }

    public string? CertificateSha256 { get; set; }

    public int Edition { get; set; }

    public bool ByteExact { get; set; }

    public bool WantsReply { get; set; }

    public int Window { get; set; }

    public int GapMilliseconds { get; set; }

    public bool NewFirst { get; set; }

    /// <summary>CNs, joined with commas.</summary>
    public string Commands { get; set; } = "";

    /// <summary>Sealed.</summary>
    public byte[]? Key { get; set; }

    public bool Enabled { get; set; }

    public long Version { get; set; }
}

/// <summary>A station that goes to a target.</summary>
internal sealed class ForwardedStationRow
{
    public Guid TargetId { get; init; }

    public int StationNo { get; init; }

    public string? TargetMn { get; set; }

    /// <summary>Sealed; null when it is the station's own.</summary>
    public byte[]? Password { get; set; }
}

/// <summary>How far a target is: the frames themselves wait in the frame log.</summary>
internal sealed class PositionRow
{
    public Guid TargetId { get; init; }

    /// <summary>Every frame up to here has been delivered or does not concern the target.</summary>
    public long Batch { get; set; }

    public int Ordinal { get; set; }

    public long Delivered { get; set; }

    public long LeftOut { get; set; }

    public DateTimeOffset? Through { get; set; }
}

/// <summary>A part of the log that a target still has to get beside what comes now.</summary>
internal sealed class LaneRow
{
    public Guid Id { get; init; }

    public Guid TargetId { get; init; }

    public LaneKind Kind { get; init; }

    /// <summary>The one CN of this lane; 0 for all.</summary>
    public int Command { get; init; }

    /// <summary>The part begins after this frame.</summary>
    public long FromBatch { get; init; }

    public int FromOrdinal { get; init; }

    /// <summary>Every frame up to here is done.</summary>
    public long Batch { get; set; }

    public int Ordinal { get; set; }

    /// <summary>The last frame of the lane; null while it has no end.</summary>
    public long? UntilBatch { get; init; }

    public int? UntilOrdinal { get; init; }

    public DateTimeOffset Since { get; init; }

    public DateTimeOffset? Through { get; set; }
}

/// <summary>A written consent as uploaded, a blob. Never changed; a newer one stands beside it.</summary>
internal sealed class ConsentRow
{
    public Guid Id { get; init; }

    public Guid TargetId { get; init; }

    public required string FileName { get; init; }

    public required string Sha256 { get; init; }

    public int Length { get; init; }

    /// <summary>Of an earlier release, until <see cref="EarlierFiles"/> has made it a blob.</summary>
    public byte[]? Content { get; set; }

    public required string UploadedBy { get; init; }

    public DateTimeOffset UploadedAt { get; init; }
}
