using System.Buffers.Binary;

namespace Qingyuan.Ledger.Layout;

/// <summary>Up to 256 envelopes in a row, each behind its length as two bytes, big-endian (C2SP tlog-tiles).</summary>
public static class EntryBundle
{
    /// <summary>Writes <paramref name="envelopes"/>.</summary>
    public static byte[] Write(IEnumerable<ReadOnlyMemory<byte>> envelopes)
    {
        ArgumentNullException.ThrowIfNull(envelopes);
        using var bundle = new MemoryStream();
        Span<byte> length = stackalloc byte[2];
        foreach (var envelope in envelopes)
        {
            BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)envelope.Length));
            bundle.Write(length);
            bundle.Write(envelope.Span);
        }

        return bundle.ToArray();
    }

    /// <summary>Takes a bundle apart.</summary>
    /// <returns>False when the lengths do not end where the bytes end.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bundle, out IReadOnlyList<ReadOnlyMemory<byte>> envelopes)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        envelopes = found;
        while (bundle.Length > 0)
        {
            if (bundle.Length < 2) return false;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length < 2 + length) return false;
            found.Add(bundle.Slice(2, length));
            bundle = bundle[(2 + length)..];
        }

        return true;
    }
}
