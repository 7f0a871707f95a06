using System.Buffers.Binary;
using System.Numerics;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>A quick 64-bit hash of a frame for picking candidates. Never an identity: whoever needs one compares bytes.</summary>
internal static class FrameHash
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xC2B2AE3D27D4EB4F;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = First ^ (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));

        Span<byte> rest = stackalloc byte[sizeof(ulong)];
        rest.Clear();
        bytes.CopyTo(rest);
        return Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(rest));
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        var high = Math.BigMul(hash ^ word, Second, out var low);
        return BitOperations.RotateLeft(high ^ low, 29) + First;
    }
}
