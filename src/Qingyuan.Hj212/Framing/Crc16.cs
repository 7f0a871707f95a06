using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Qingyuan.Hj212.Framing;

/// <summary>The check value of HJ 212 (CRC校验, appendix A), over the bytes of the data segment.</summary>
/// <remarks>
/// <para>It is <b>not</b> CRC-16/MODBUS: the register is shifted right by eight before each byte is xored in, which throws its low byte away.
/// So only 256 values occur and one corrupted frame in 256 passes unseen. Never use it as an identity.</para>
/// <para>What survives a step is one byte, and the step is linear over bits: eight bytes are therefore eight independent look-ups, and sixteen bytes
/// can stand for all before them (see <see cref="Crc16Folding"/>).</para>
/// </remarks>
public static class Crc16
{
    /// <summary>The register before the first byte, and the check value of no bytes.</summary>
    public const ushort Seed = 0xFFFF;

    /// <summary>T: the usual 256 entries of polynomial 0xA001.</summary>
    private static readonly ushort[] Table = BuildTable();

    /// <summary>Row k (k = 0…7): the surviving byte after k + 1 steps, 256 entries each, in one array.</summary>
    private static readonly byte[] Steps = BuildSteps();

    /// <summary>The check value of <paramref name="segment"/>; <c>2F80</c> for the text 123456789.</summary>
    public static ushort Compute(ReadOnlySpan<byte> segment) => Append(Seed, segment);

    /// <summary>The check value of bytes that lie in several pieces.</summary>
    public static ushort Compute(in ReadOnlySequence<byte> segment)
    {
        if (segment.IsSingleSegment) return Compute(segment.FirstSpan);
        var register = Seed;
        foreach (var piece in segment) register = Append(register, piece.Span);
        return register;
    }

    /// <summary>Goes on from <paramref name="register"/> over further bytes: <c>Append(Append(Seed, a), b)</c> is the value of a followed by b.</summary>
    public static ushort Append(ushort register, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return register;
        var last = bytes.Length - 1;
        var state = (byte)(register >> 8);
        var rest = bytes[..last];
        if (rest.Length >= Crc16Folding.Least && Vector128.IsHardwareAccelerated)
        {
            Span<byte> folded = stackalloc byte[16];
            var done = Crc16Folding.Fold(state, rest, folded);
            state = EightTables(0, folded);
            rest = rest[done..];
        }

        return Table[EightTables(state, rest) ^ bytes[last]];
    }

    /// <summary>CRC-16/MODBUS, which many loggers send by mistake. Only for telling that apart from damage.</summary>
    public static ushort ComputeModbus(ReadOnlySpan<byte> segment) => AppendModbus(Seed, segment);

    internal static ushort AppendModbus(ushort register, ReadOnlySpan<byte> bytes)
    {
        foreach (var octet in bytes) register = (ushort)((register >> 8) ^ Table[(byte)(register ^ octet)]);
        return register;
    }

    /// <summary>The surviving byte after <paramref name="bytes"/>, by eight look-ups for eight bytes.</summary>
    internal static byte EightTables(byte state, ReadOnlySpan<byte> bytes)
    {
        ref var steps = ref MemoryMarshal.GetArrayDataReference(Steps);
        ref var at = ref MemoryMarshal.GetReference(bytes);
        var left = bytes.Length;
        while (left >= 8)
        {
            var eight = Unsafe.ReadUnaligned<ulong>(ref at);
            if (!BitConverter.IsLittleEndian) eight = BinaryPrimitives.ReverseEndianness(eight);
            // The chain from one round to the next is a single look-up; the other seven do not wait for it.
            var rest = Unsafe.Add(ref steps, (nint)(0x600 + (byte)(eight >> 8)))
                ^ Unsafe.Add(ref steps, (nint)(0x500 + (byte)(eight >> 16)))
                ^ Unsafe.Add(ref steps, (nint)(0x400 + (byte)(eight >> 24)))
                ^ Unsafe.Add(ref steps, (nint)(0x300 + (byte)(eight >> 32)))
                ^ Unsafe.Add(ref steps, (nint)(0x200 + (byte)(eight >> 40)))
                ^ Unsafe.Add(ref steps, (nint)(0x100 + (byte)(eight >> 48)))
                ^ Unsafe.Add(ref steps, (nint)(byte)(eight >> 56));
            state = (byte)(rest ^ Unsafe.Add(ref steps, (nint)(0x700 + (byte)(state ^ (byte)eight))));
            at = ref Unsafe.Add(ref at, 8);
            left -= 8;
        }
        for (; left > 0; left--, at = ref Unsafe.Add(ref at, 1)) state = Unsafe.Add(ref steps, (nint)(byte)(state ^ at));
        return state;
    }

    private static ushort[] BuildTable()
    {
        var table = new ushort[256];
        for (var octet = 0; octet < 256; octet++)
        {
            var register = octet;
            for (var bit = 0; bit < 8; bit++) register = (register & 1) == 0 ? register >> 1 : (register >> 1) ^ 0xA001;
            table[octet] = (ushort)register;
        }
        return table;
    }

    private static byte[] BuildSteps()
    {
        var steps = new byte[8 * 256];
        for (var octet = 0; octet < 256; octet++) steps[octet] = (byte)(Table[octet] >> 8);
        for (var at = 256; at < steps.Length; at++) steps[at] = steps[steps[at - 256]];
        return steps;
    }
}
