using System.Security.Cryptography;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;
using ZstdSharp;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>Packs and unpacks batches. One per writer: the compressor is not shared.</summary>
internal sealed class BatchCodec(int level) : IDisposable
{
    public const int Plain = 0;
    public const int Zstd = 1;

    [ThreadStatic]
    private static Decompressor? s_decompressor;

    // Frames come faster than they are stored when a buffer holds many batches: then speed counts, and a tenth of size is given for it.
    private const int HurriedLevel = 1;

    private readonly Compressor _thorough = new(level);
    private readonly Compressor _hurried = new(Math.Min(level, HurriedLevel));
    private byte[] _packed = [];

    public BatchRow Pack(in OpenBatch batch, ReadOnlySpan<FrameSlot> slots, byte[] content, byte[] previousSha256, bool hurry)
    {
        var (from, to) = (long.MaxValue, long.MinValue);
        foreach (ref readonly var slot in slots)
        {
            from = Math.Min(from, slot.ReceivedMicros);
            to = Math.Max(to, slot.ReceivedMicros);
        }

        var bound = Compressor.GetCompressBound(content.Length);
        if (_packed.Length < bound) _packed = new byte[bound];
        var length = (hurry ? _hurried : _thorough).Wrap(content, _packed);
        var (codec, blob) = length < content.Length ? (Zstd, _packed.AsSpan(0, length).ToArray()) : (Plain, content);
        return new(batch.Id, from, to, slots.Length, content.Length, previousSha256, Hash(previousSha256, content), codec, blob);
    }

    /// <summary>The frames of a stored batch.</summary>
    /// <exception cref="BatchCorruptException">The bytes are not those that were stored.</exception>
    public static CommittedBatch Unpack(BatchRow row)
    {
        var content = row.Codec is Zstd ? Inflate(row) : row.Content;
        if (!Hash(row.PreviousSha256, content).AsSpan().SequenceEqual(row.Sha256)) throw new BatchCorruptException(row.Id, null);
        return BatchContent.Read(row.Id, content);
    }

    public void Dispose()
    {
        _thorough.Dispose();
        _hurried.Dispose();
    }

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
    : IOException($"Batch {batch} on disk is not what was stored: its SHA-256 differs.", inner)
{
    public long Batch { get; } = batch;
}
