using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Qingyuan.Ledger.Storage;

/// <summary>One envelope in a segment file: length (4 bytes, big-endian), checksum (first 8 bytes of SHA-256 over length and envelope), envelope.</summary>
internal static class SegmentRecord
{
    public const int HeaderLength = 12;

    public static byte[] Write(ReadOnlySpan<byte> envelope)
    {
        var record = new byte[HeaderLength + envelope.Length];
        BinaryPrimitives.WriteInt32BigEndian(record, envelope.Length);
        envelope.CopyTo(record.AsSpan(HeaderLength));
        Checksum(record.AsSpan(0, 4), envelope).CopyTo(record.AsSpan(4));
        return record;
    }

    /// <summary>Reads the record at the front; false when it is torn or altered.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> envelope)
    {
        envelope = default;
        if (bytes.Length < HeaderLength) return false;
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes.Span);
        if (length is < 1 or > Canonical.CanonicalJson.MaxBytes || bytes.Length < HeaderLength + length) return false;
        envelope = bytes.Slice(HeaderLength, length);
        return Checksum(bytes.Span[..4], envelope.Span).AsSpan().SequenceEqual(bytes.Span[4..HeaderLength]);
    }

    private static byte[] Checksum(ReadOnlySpan<byte> length, ReadOnlySpan<byte> envelope)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(length);
        hash.AppendData(envelope);
        return hash.GetHashAndReset()[..8];
    }
}
