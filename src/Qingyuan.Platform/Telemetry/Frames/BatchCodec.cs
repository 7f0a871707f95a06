using System.Security.Cryptography;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;
using ZstdSharp;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>Seals packed batches into the chain, and takes stored ones apart again.</summary>
internal static class BatchCodec
{
    public const int Plain = 0;
    public const int Zstd = 1;

    [ThreadStatic]
    private static Decompressor? s_decompressor;

    public static BatchRow Seal(PackedBatch batch, byte[] previousSha256) => new(
        batch.Outline.Id, batch.Outline.Span.ReceivedFrom, batch.Outline.Span.ReceivedTo, batch.Frames, batch.Content.Count, previousSha256, Hash(previousSha256, batch.Content), batch.Codec, batch.Packed);

    /// <summary>The frames of a batch that never left memory.</summary>
    public static CommittedBatch UnpackOwn(BatchRow row) => BatchContent.Read(row.Id, Content(row));

    /// <summary>The frames of a stored batch.</summary>
    /// <exception cref="BatchCorruptException">The bytes are not those that were stored.</exception>
    public static CommittedBatch Unpack(BatchRow row)
    {
        var content = Content(row);
        if (!Hash(row.PreviousSha256, content).AsSpan().SequenceEqual(row.Sha256)) throw new BatchCorruptException(row.Id, null);
        return BatchContent.Read(row.Id, content);
    }

    private static byte[] Content(BatchRow row) => row.Codec is Zstd ? Inflate(row) : row.Content;

    private static byte[] Inflate(BatchRow row)
    {
        try
        {
            var content = new byte[row.RawBytes];
            var length = (s_decompressor ??= new()).Unwrap(row.Content, content);
            return length == content.Length ? content : throw new BatchCorruptException(row.Id, null);
        }
        catch (Exception error) when (error is ZstdException or OverflowException or ArgumentException)
        {
            throw new BatchCorruptException(row.Id, error);
        }
    }

    private static byte[] Hash(byte[] previous, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}

/// <summary>A stored batch whose hash does not fit. Reported, never repaired.</summary>
public sealed class BatchCorruptException(long batch, Exception? inner)
    : StoredDamageException($"Batch {batch} on disk is not what was stored: its SHA-256 differs.", inner)
{
    public long Batch { get; } = batch;
}
