using System.Buffers;

namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>What Ingest knows about a frame when it arrives.</summary>
/// <param name="StationNo">The station, 0 when unknown.</param>
/// <param name="Mn">MN as sent, empty when unreadable.</param>
/// <param name="ReceivedAt">Our clock, at the last byte.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Why">Stable reason code for anything but a plain accept, such as <c>CrcMismatch</c>, <c>UnknownMn</c>, <c>WrongPassword</c>; null otherwise.</param>
/// <param name="Source">Remote address and port, or the import's id.</param>
public readonly record struct FrameArrival(int StationNo, string Mn, DateTimeOffset ReceivedAt, FrameVerdict Verdict, string? Why, string Source);

/// <summary>The frame's place, and the task that ends when its batch is durable.</summary>
/// <param name="Id">Valid once <paramref name="Durable"/> has completed.</param>
/// <param name="Durable">Shared by all frames of the batch. Faults with <see cref="FramesNotStoredException"/> when the batch could not be stored: then nothing may be acknowledged.</param>
public readonly record struct FrameReceipt(FrameId Id, Task Durable);

/// <summary>The world failed to store a batch (disk full, read-only, database away). Nothing of it was acknowledged.</summary>
public sealed class FramesNotStoredException(string message, Exception? inner) : IOException(message, inner);

/// <summary>The durable log of raw frames: the only write path for bytes from the field, called by Ingest alone.</summary>
public interface IFrameLog
{
    /// <summary>Copies the frame's bytes (<c>##</c> to CR LF as received) into the open batch. Waits while the batch buffer is full: that is the back-pressure.</summary>
    ValueTask<FrameReceipt> AppendAsync(FrameArrival arrival, ReadOnlySequence<byte> bytes, CancellationToken ct);

    /// <summary>Null while storing works; otherwise what is wrong, for every surface to show (<c>disk-nearly-full</c>, <c>store-failed: …</c>).</summary>
    string? Trouble { get; }
}
