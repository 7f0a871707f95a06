using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>Unpacks eight values at a time: eight values of w bits take exactly w bytes, so each eight lies in its bytes as the first one does.</summary>
/// <remarks>Of each half of an eight, a shuffle brings the four bytes a value lies in to the value's lane; there, a product moves its lowest bit to the same place in all lanes.</remarks>
internal static class BitUnpacking
{
    // A value that begins at any bit of a byte lies within four bytes.
    private const int Widest = 25;

    private static readonly Half[] s_low = [.. Enumerable.Range(0, Widest + 1).Select(width => HalfOf(width, 0))];
    private static readonly Half[] s_high = [.. Enumerable.Range(0, Widest + 1).Select(width => HalfOf(width, (4 * width) & 7))];

    /// <returns>How many values were unpacked; the others are too near to the end of <paramref name="from"/>, too wide, or fewer than eight.</returns>
    public static int Eights(ReadOnlySpan<byte> from, int width, Span<uint> values)
    {
        if (!Vector128.IsHardwareAccelerated || !BitConverter.IsLittleEndian || width > Widest) return 0;
        var (low, high, middle, surplus) = (s_low[width], s_high[width], width / 2, 32 - width);
        var eights = Math.Min(values.Length / 8, from.Length < middle + 16 ? 0 : ((from.Length - middle - 16) / width) + 1);
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(values);
        var at = (nuint)0;
        for (var eight = (nuint)0; eight < (nuint)eights * 8; eight += 8, at += (nuint)width)
        {
            var first = Vector128.ShuffleNative(Vector128.LoadUnsafe(ref source, at), low.Bytes).AsUInt32() * low.Factors;
            var second = Vector128.ShuffleNative(Vector128.LoadUnsafe(ref source, at + (nuint)middle), high.Bytes).AsUInt32() * high.Factors;
            (first >>> surplus).StoreUnsafe(ref target, eight);
            (second >>> surplus).StoreUnsafe(ref target, eight + 4);
        }

        return eights * 8;
    }

    private static Half HalfOf(int width, int firstBit)
    {
        Span<byte> bytes = stackalloc byte[16];
        Span<uint> factors = stackalloc uint[4];
        for (var value = 0; value < 4; value++)
        {
            var bit = firstBit + (value * width);
            for (var i = 0; i < 4; i++) bytes[(4 * value) + i] = (byte)((bit >> 3) + i);
            factors[value] = width == 0 ? 0 : 1u << (32 - width - (bit & 7));
        }

        return new(Vector128.Create<byte>(bytes), Vector128.Create<uint>(factors));
    }

    /// <summary>Which bytes four values lie in, and by what each is multiplied so that its highest bit becomes the lane's.</summary>
    private readonly record struct Half(Vector128<byte> Bytes, Vector128<uint> Factors);
}
