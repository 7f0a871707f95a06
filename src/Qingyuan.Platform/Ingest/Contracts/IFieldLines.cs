using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Contracts;

/// <summary>The way down to the loggers: over the connection that speaks for a station now.</summary>
public interface IFieldLines
{
    /// <summary>A connection of this node speaks for the station.</summary>
    bool IsLinked(int stationNo);

    /// <summary>Hands a whole frame to the station's connection. True when the connection took it, which says nothing of its arrival; false when none speaks for the station, or its peer takes nothing.</summary>
    Task<bool> SendAsync(int stationNo, ReadOnlyMemory<byte> frame, CancellationToken ct);
}

/// <summary>A stored frame that answers something we sent, or may: 9011, 9012, and data with a question's QN.</summary>
/// <param name="StationNo">Its station.</param>
/// <param name="Frame">Where it is kept.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Bytes">The frame as received.</param>
public sealed record FieldReply(int StationNo, FrameId Frame, DateTimeOffset ReceivedAt, ReadOnlyMemory<byte> Bytes);

/// <summary>Who asks the field hears here what it replies. Declared by the slice that calls.</summary>
public interface IFieldReplies
{
    /// <summary>Called in log order of the station, after its twin knows the frame, and again after a crash: handling is idempotent. What it throws of the world is retried.</summary>
    Task HeardAsync(FieldReply reply, CancellationToken ct);
}
