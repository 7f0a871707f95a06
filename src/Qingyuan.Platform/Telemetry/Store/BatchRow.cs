namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>One row of <c>frame_batch</c>: the write-ahead log and the evidence in one.</summary>
/// <param name="Id">Monotonic; the writer's epoch in the high 31 bits.</param>
/// <param name="ReceivedFrom">Earliest received time in it, Unix microseconds.</param>
/// <param name="ReceivedTo">Latest one.</param>
/// <param name="Frames">How many frames.</param>
/// <param name="RawBytes">Length before compression.</param>
/// <param name="PreviousSha256">Hash of the batch stored before this one; 32 zero bytes for the first.</param>
/// <param name="Sha256">SHA-256 over <paramref name="PreviousSha256"/> and the uncompressed content.</param>
/// <param name="Codec">How <paramref name="Content"/> is packed: <see cref="Frames.BatchCodec"/>.</param>
internal sealed record BatchRow(
    long Id, long ReceivedFrom, long ReceivedTo, int Frames, int RawBytes, byte[] PreviousSha256, byte[] Sha256, int Codec, byte[] Content);

/// <summary>Where the log ends: what the next batch is chained to.</summary>
internal sealed record LogHead(long Id, byte[] Sha256)
{
    public static LogHead Empty { get; } = new(0, new byte[32]);
}

/// <summary>A batch by its place in time, without its content.</summary>
internal readonly record struct BatchSpan(long Id, long ReceivedFrom, long ReceivedTo);
