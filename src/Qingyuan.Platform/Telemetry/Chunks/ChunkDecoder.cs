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
        ReadRows(ref reader, key, chunk.RestoreRows(rows));
        chunk.Restore(flags);
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

    private static void ReadRows(ref ByteReader reader, ChunkKey key, Span<ChunkRow> rows)
    {
        if (rows.IsEmpty) return;
        var unit = reader.Byte() == 1 ? TimeSpan.TicksPerSecond : 1;
        var count = rows.Length;
        Span<long> all = count <= 256 ? stackalloc long[4 * count] : new long[4 * count];
        for (var series = 0; series < 4; series++) LongSeries.Read(ref reader, all.Slice(series * count, count));
        var moments = all[..count];
        var batches = all.Slice(count, count);
        var ordinals = all.Slice(2 * count, count);
        var delays = all.Slice(3 * count, count);
        var start = key.Start.Ticks;
        for (var i = 0; i < rows.Length; i++)
        {
            var ticks = start + (moments[i] * unit);
            rows[i] = new(ticks, new FrameId(batches[i], (int)ordinals[i]), ChunkFormat.MicrosOf(ticks) + delays[i]);
        }
    }
}
