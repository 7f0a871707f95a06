using System.Buffers.Binary;
using Qingyuan.Platform.Telemetry.Binary;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>Bytes to chunk, all of it or the columns of one factor.</summary>
internal static class ChunkDecoder
{
    /// <param name="key">Which chunk; part of the checksum, so that a row under a wrong key is found out.</param>
    /// <param name="bytes">As stored.</param>
    /// <param name="codes">Of the file it is from.</param>
    /// <param name="factor">Only this factor's columns; null for all.</param>
    /// <exception cref="ChunkCorruptException">The bytes are not those that were stored.</exception>
    public static Chunk Decode(ChunkKey key, ReadOnlySpan<byte> bytes, CodeBook codes, string? factor = null)
    {
        if (bytes.Length < ChunkFormat.ChecksumBytes) throw new ChunkCorruptException(key.ToString());
        var body = bytes[..^ChunkFormat.ChecksumBytes];
        if (ChunkFormat.Checksum(key, body) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChunkFormat.ChecksumBytes..])) throw new ChunkCorruptException(key.ToString());

        var reader = new ByteReader(body);
        var version = reader.Byte();
        if (version != ChunkFormat.Version) throw new InvalidDataException($"Chunk {key} has version {version}, this program reads {ChunkFormat.Version}.");
        var (rows, columns) = (reader.Int(), reader.Int());
        var flags = new string[reader.Int()];
        for (var i = 0; i < flags.Length; i++) flags[i] = reader.Text();
        var common = reader.Int();

        var chunk = new Chunk(key);
        chunk.Restore(ReadRows(ref reader, key, rows), flags);
        Span<(int Code, int Length)> directory = columns <= 128 ? stackalloc (int, int)[columns] : new (int, int)[columns];
        var code = 0;
        foreach (ref var entry in directory)
        {
            code += (int)reader.Zigzag() + 1;
            entry = (code, reader.Int());
            code = entry.Code;
        }

        foreach (var (name, length) in directory)
        {
            var its = reader.Bytes(length);
            var (itsFactor, quantity) = codes.NameOf(name);
            if (factor is null || factor == itsFactor) chunk.Restore(ColumnDecoder.Read(its, body[(reader.Position - length)..], itsFactor, quantity, rows, common));
        }

        return chunk;
    }

    private static ChunkRow[] ReadRows(ref ByteReader reader, ChunkKey key, int count)
    {
        var rows = new ChunkRow[count];
        if (count == 0) return rows;
        var unit = reader.Byte() == 1 ? TimeSpan.TicksPerSecond : 1;
        var moments = LongSeries.Read(ref reader, count);
        var batches = LongSeries.Read(ref reader, count);
        var ordinals = LongSeries.Read(ref reader, count);
        var delays = LongSeries.Read(ref reader, count);
        var start = key.Start.Ticks;
        for (var i = 0; i < count; i++)
        {
            var ticks = start + (moments[i] * unit);
            rows[i] = new(ticks, new FrameId(batches[i], (int)ordinals[i]), ChunkFormat.MicrosOf(ticks) + delays[i]);
        }

        return rows;
    }
}
