using System.Buffers.Binary;
using System.Numerics;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>
/// What encoder and decoder agree on. A chunk is: version; counts of rows and columns; flag texts; rows (moment, frame, time received); directory of columns
/// (code, length); columns; CRC-32C over key and all of it.
/// </summary>
internal static class ChunkFormat
{
    public const byte Version = 1;
    public const int ChecksumBytes = 4;

    // The head of a column, 16 bits: 0-1 presence, 2-5 the marks below, 6-9 decimals, 10-15 how mantissas are packed.
    public const int Presence = 0b11;
    public const int Irregular = 1 << 2;
    public const int Flagged = 1 << 3;
    public const int Sampled = 1 << 4;
    public const int Exceptions = 1 << 5;
    public const int DecimalsShift = 6;
    public const int SeriesShift = 10;

    public const int AllRows = 0;
    public const int RowBitmap = 1;
    public const int RowList = 2;

    // How the numbers of decimals of an irregular column are told.
    public const byte DecimalsUniform = 0;
    public const byte DecimalsTrimmed = 1;
    public const byte DecimalsRuns = 2;

    /// <summary>Unix microseconds of a moment on the station's clock; delays are counted from there.</summary>
    public static long MicrosOf(long dataTicks) => (dataTicks - StationClock.Offset.Ticks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    public static uint Checksum(ChunkKey key, ReadOnlySpan<byte> body)
    {
        var crc = BitOperations.Crc32C(BitOperations.Crc32C(~0u, (byte)key.Resolution), (ulong)key.Value);
        for (; body.Length >= 8; body = body[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(body));
        foreach (var next in body) crc = BitOperations.Crc32C(crc, next);
        return ~crc;
    }
}

/// <summary>A stored chunk whose checksum does not fit. Reported, never repaired; the frames are the source and can be replayed.</summary>
public sealed class ChunkCorruptException(string chunk) : StoredDamageException($"Chunk {chunk} on disk is not what was stored: its checksum differs.");
