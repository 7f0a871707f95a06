using System.Security.Cryptography;
using CsCheck;
using Qingyuan.Platform.Telemetry.Binary;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>Each way of packing that does many values at once, against the plain way.</summary>
public class PackingTests
{
    /// <summary>Numbers of all sizes, small ones more often, as differences are.</summary>
    private static readonly Gen<ulong> Number = Gen.Select(Gen.Int[0, 64], Gen.ULong, (bits, value) => bits == 0 ? 0 : value >> (64 - bits));

    private static readonly Gen<ulong[]> Numbers = Gen.Frequency(
        (1, Number.Array[0, 130]),
        (3, Gen.Select(Gen.Int[0, 12], Gen.Int[12, 64], (usual, odd) => (usual, odd)).SelectMany(sizes => Gen.Frequency(
            (9, Gen.ULong.Select(value => value & ((1UL << sizes.usual) - 1))), (1, Gen.ULong.Select(value => value >> (64 - sizes.odd)))).Array[0, 130])));

    [Fact]
    public void Bits_are_packed_one_after_the_other_and_come_out_again_whatever_follows() => Gen.Select(Gen.Int[0, 32], Gen.UInt.Array[0, 200], Gen.Byte.Array[0, 40]).Sample(
        (width, values, behind) =>
        {
            var mask = (uint)((1UL << width) - 1);
            var writer = new ByteWriter(1);
            BitPacking.Pack(writer, values, width);
            Assert.Equal(BitByBit(values, width), writer.ToArray());

            byte[] from = [.. writer.Written, .. behind];
            var (fast, plain) = (new uint[values.Length], new uint[values.Length]);
            BitPacking.Unpack(from, width, fast);
            if (width > 0) BitPacking.UnpackRest(from, width, plain, 0);
            Assert.Equal(values.Select(value => value & mask), fast);
            Assert.Equal(plain, fast);
        },
        iter: 5000);

    [Fact]
    public void The_width_is_the_one_that_takes_least() => Numbers.Sample(
        numbers =>
        {
            Assert.Equal(Least(numbers), BitPacking.Best<ulong>(numbers));
            var small = numbers.Select(number => (uint)number).ToArray();
            Assert.Equal(Least([.. small.Select(number => (ulong)number)]), BitPacking.Best<uint>(small));
        },
        iter: 5000);

    [Fact]
    public void Mantissas_come_out_as_they_went_in() => Gen.Select(Numbers, Gen.Int[-DecimalText.MaximumMantissa, DecimalText.MaximumMantissa], Gen.Byte.Array[0, 40]).Sample(
        (numbers, first, behind) =>
        {
            var values = numbers.Select(number => first + (long)(number & 0x7FFF_FFFF) - (1 << 20)).Where(value => Math.Abs(value) <= DecimalText.MaximumMantissa).Select(value => (int)value).ToArray();
            var writer = new ByteWriter();
            var form = IntSeries.Write(writer, values);
            var reader = new ByteReader([.. writer.Written, .. behind]);
            Assert.Equal(values, IntSeries.Read(ref reader, values.Length, form));
            Assert.Equal(writer.Length, reader.Position);
            if (values.Length > 0) Assert.Equal(Form(values), form);
        },
        iter: 5000);

    [Fact]
    public void Times_and_ids_come_out_as_they_went_in() => Gen.Select(Gen.Long, Numbers, Gen.Int[0, 2]).Sample(
        (first, numbers, order) =>
        {
            var values = numbers.Select(number => unchecked(first + (long)number)).ToArray();
            for (var sum = 0; sum < order; sum++)
                for (var i = 1; i < values.Length; i++) values[i] = unchecked(values[i] + values[i - 1]);
            var writer = new ByteWriter();
            LongSeries.Write(writer, values);
            var reader = new ByteReader(writer.Written);
            var again = new long[values.Length];
            LongSeries.Read(ref reader, again);
            Assert.Equal(values, again);
            Assert.True(reader.AtEnd);
        },
        iter: 5000);

    /// <summary>What version 1 of the format makes of these chunks since the first release; other bytes need another version number.</summary>
    [Fact]
    public void A_chunk_is_the_same_bytes_as_ever()
    {
        var (random, hour) = (new Random(212), new DateTime(2026, 11, 25, 8, 0, 0));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var number = 1; number <= 40; number++)
        {
            var chunk = new Chunk(ChunkKey.Of(Resolution.Realtime, hour, number));
            for (var row = 0; row < number * 5; row++) chunk.Apply(RandomFrame(random, hour.AddSeconds(17 * row), number), []);
            hash.AppendData(new ChunkEncoder().Encode(chunk, new([])));
        }

        Assert.Equal("E7E0C727D338F1D4212B112748DF81C762FEF613E3C332B830582202E4B9E215", Convert.ToHexString(hash.GetHashAndReset()));
    }

    private static ReportedValues RandomFrame(Random random, DateTime at, int number)
    {
        var values = new List<ReportedValue>();
        for (var factor = 0; factor < 8; factor++)
        {
            if (random.Next(20) == 0) continue;
            var mantissa = random.Next(30) == 0 ? random.Next(-DecimalText.MaximumMantissa, DecimalText.MaximumMantissa) : random.Next(1 << (number % 28));
            var text = random.Next(200) == 0 ? "x" : DecimalText.Format(mantissa, random.Next(300) == 0 ? 5 : factor % 4);
            values.Add(new($"a2100{factor}", "Rtd", text, "NNNNNNNNND"[random.Next(10)].ToString(), random.Next(100) == 0 ? at.AddSeconds(-5) : null));
        }

        var frame = new FrameId((1L << 32) + (at.Ticks / TimeSpan.TicksPerSecond % 100_000 * random.Next(1, 4)), random.Next(40));
        return new(frame, Resolution.Realtime, at, Micros.Instant(1_764_028_800_000_000 + random.NextInt64(1 << 30)), values);
    }

    private static byte[] BitByBit(uint[] values, int width)
    {
        var bytes = new byte[BitPacking.Bytes(values.Length, width)];
        for (var bit = 0; bit < values.Length * width; bit++)
            if ((values[bit / width] >> (bit % width) & 1) != 0) bytes[bit / 8] |= (byte)(1 << (bit % 8));
        return bytes;
    }

    private static Packing Least(ulong[] values)
    {
        var best = new Packing(0, 0, long.MaxValue);
        for (var width = Math.Min(BitPacking.MaximumWidth, values.Select(BitPacking.BitsOf).Append(0).Max()); width >= 0; width--)
        {
            var exceptions = values.Where(value => value >> width != 0).ToArray();
            var bits = ((long)values.Length * width) + exceptions.Sum(value => 8L + ((BitPacking.BitsOf(value) - width + 6) / 7 * 8));
            if (bits < best.Bits) best = new(width, exceptions.Length, bits);
        }

        return best;
    }

    private static SeriesForm Form(int[] values)
    {
        var least = Least([.. values.Zip(values.Skip(1), (before, after) => (ulong)(uint)((after - before) << 1 ^ (after - before) >> 31))]);
        var width = BitPacking.BitsOf((ulong)((long)values.Max() - values.Min()));
        return width <= 30 && (long)width * values.Length < least.Bits ? new(false, width, false) : new(true, least.Width, least.Exceptions > 0);
    }
}
