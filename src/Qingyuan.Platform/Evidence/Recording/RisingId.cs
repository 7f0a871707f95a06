using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Qingyuan.Platform.Evidence.Recording;

/// <summary>UUIDv7 that rise also within one millisecond, so that ids are the order in which records came (RFC 9562, 6.2, method 2).</summary>
internal static class RisingId
{
    private const int Step = 1 << 16;
    private static readonly Lock Gate = new();
    private static Guid s_last;

    public static Guid Next()
    {
        lock (Gate)
        {
            var next = Guid.CreateVersion7();
            return s_last = Millisecond(next) == Millisecond(s_last) ? After(s_last) : next;
        }
    }

    /// <summary>A little further in the same millisecond, by chance so that it cannot be guessed; in the next one when its room is used up.</summary>
    private static Guid After(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var low = BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]);
        if (low > uint.MaxValue - Step)
        {
            Guid next;
            do next = Guid.CreateVersion7();
            while (Millisecond(next) == Millisecond(id));
            return next;
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], low + 1 + (uint)RandomNumberGenerator.GetInt32(Step));
        return new(bytes, bigEndian: true);
    }

    // The first 48 bits.
    private static long Millisecond(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16;
    }
}
