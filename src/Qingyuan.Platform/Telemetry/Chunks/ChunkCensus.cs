using System.Buffers.Binary;
using Qingyuan.Platform.Telemetry.Binary;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>Counts the values of a chunk whose checksum does not fit. Reads heads and lengths only, and unpacks nothing: of bytes that are not those that were stored nothing may be believed.</summary>
internal static class ChunkCensus
{
    /// <returns>Null when the bytes are no chunk from the first to the last.</returns>
    public static long? Count(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= ChunkFormat.ChecksumBytes) return null;
        try
        {
            return Cells(new(bytes[..^ChunkFormat.ChecksumBytes]));
        }
        catch (Exception error) when (error is InvalidDataException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static long? Cells(ByteReader reader)
    {
        if (reader.Byte() != ChunkFormat.Version) return null;
        var (rows, columns) = (reader.Int(), reader.Int());
        for (var flags = reader.Int(); flags > 0; flags--) reader.Bytes(reader.Int());
        reader.Int(); // the common flag
        if (rows > 0) SkipRows(ref reader, rows);
        var lengths = new List<int>();
        for (var column = 0; column < columns; column++)
        {
            reader.Zigzag();
            lengths.Add(reader.Int());
        }

        var cells = 0L;
        foreach (var length in lengths) cells += Cells(reader.Bytes(length), rows);
        return reader.AtEnd ? cells : null;
    }

    private static void SkipRows(ref ByteReader reader, int rows)
    {
        reader.Byte(); // whole seconds or not
        for (var series = 0; series < 4; series++)
        {
            var width = reader.Byte() & 0x3F;
            reader.Zigzag();
            reader.Bytes(BitPacking.Bytes(rows, width));
            for (var exceptions = reader.Int(); exceptions > 0; exceptions--)
            {
                reader.Int();
                reader.Varint();
            }
        }
    }

    private static long Cells(ReadOnlySpan<byte> column, int rows)
    {
        var form = BinaryPrimitives.ReadUInt16LittleEndian(column) & ChunkFormat.Presence;
        var reader = new ByteReader(column);
        reader.Bytes(2);
        if (form == ChunkFormat.AllRows) return rows;
        if (form == ChunkFormat.RowList) return reader.Int();
        var cells = 0L;
        foreach (var rest in reader.Bytes((rows + 7) / 8)) cells += int.PopCount(rest);
        return cells;
    }
}
