using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Qingyuan.Hj212.Framing;

/// <summary>Brings a long text down to sixteen bytes that leave the same surviving byte behind, sixteen steps of all sixteen places at a time.</summary>
/// <remarks>A step is linear: S(a xor b) = S(a) xor S(b). So sixteen steps of a byte are those of its two halves, and a half has only sixteen values: one shuffle.</remarks>
internal static class Crc16Folding
{
    /// <summary>Below that, folding costs more than it saves.</summary>
    public const int Least = 64;

    private const int Width = 16;

    private static readonly Vector128<byte> LowHalf = Table(0);
    private static readonly Vector128<byte> HighHalf = Table(4);

    /// <summary>Folds as many whole sixteens as there are.</summary>
    /// <param name="state">The surviving byte before the first of <paramref name="bytes"/>.</param>
    /// <param name="bytes">At least sixteen.</param>
    /// <param name="folded">Sixteen bytes to go on with, from the state 0.</param>
    /// <returns>How many bytes they stand for.</returns>
    public static int Fold(byte state, ReadOnlySpan<byte> bytes, Span<byte> folded)
    {
        var sixteens = MemoryMarshal.Cast<byte, Vector128<byte>>(bytes);
        var (low, high, halves) = (LowHalf, HighHalf, Vector128.Create((byte)0x0F));
        var sum = sixteens[0] ^ Vector128.CreateScalar(state);
        foreach (var sixteen in sixteens[1..])
            sum = sixteen ^ Vector128.ShuffleNative(low, sum & halves) ^ Vector128.ShuffleNative(high, (sum >>> 4) & halves);
        sum.CopyTo(folded);
        return sixteens.Length * Width;
    }

    /// <summary>What sixteen steps make of each half byte, shifted left by <paramref name="shift"/>.</summary>
    private static Vector128<byte> Table(int shift)
    {
        Span<byte> table = stackalloc byte[16];
        Span<byte> zeros = stackalloc byte[Width - 1];
        for (var half = 0; half < 16; half++) table[half] = Crc16.EightTables(0, [(byte)(half << shift), .. zeros]);
        return Vector128.Create<byte>(table);
    }
}
