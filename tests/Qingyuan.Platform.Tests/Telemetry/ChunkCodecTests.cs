using System.Globalization;
using CsCheck;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Reading;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Tests.Telemetry;

public class ChunkCodecTests
{
    private static readonly DateTime Hour = new(2026, 11, 25, 8, 0, 0);

    private static readonly string[] Odd =
    [
        "0", "-0", "-0.0", "+1", "007", "00", "0.0", ".5", "5.", "-.5", "", " ", "1e5", "abc", "1.2.3", "--1", "-", ".", "999999999", "-999999999", "1000000000",
        "123456789012345678", "-123456789012345678", "0.123456789", "0.1234567891", "0.000000001", "9.99999999", "一二", "NaN", "1,5", "٣", "-12.50", "12.5", "12",
    ];

    private static readonly Gen<string> Text = Gen.Frequency(
        (6, Gen.Select(Gen.Int[-2000, 2000], Gen.Int[0, 3], (value, decimals) => DecimalText.Format(value, decimals))),
        (2, Gen.Select(Gen.Int[-DecimalText.MaximumMantissa, DecimalText.MaximumMantissa], Gen.Int[0, 9], (value, decimals) => DecimalText.Format(value, decimals))),
        (1, Among(Odd)),
        (1, Gen.String[0, 20]));

    private static readonly Gen<ReportedValue> Value = Gen.Select(
        Among("a21026", "a21002", "w01018", "02"),
        Among("Rtd", "Avg", "Min", "ZsRtd"),
        Text,
        Gen.Frequency((8, Among<string?>("N")), (1, Among<string?>([null])), (1, Among<string?>("F", "D", "", "长"))),
        Gen.Frequency((3, Among<DateTime?>([null])), (1, Gen.Int[0, 5].Select(hours => (DateTime?)Hour.AddHours(-hours))), (1, Gen.Int[0, 99].Select(ticks => (DateTime?)Hour.AddTicks(ticks)))),
        (factor, quantity, text, flag, sampled) => new ReportedValue(factor, quantity, text, flag, sampled));

    private static readonly Gen<ReportedValues> Frame = Gen.Select(
        Gen.Long[1L << 32, (1L << 34) + 5000],
        Gen.Int[0, 9000],
        Gen.Frequency((9, Gen.Int[0, 59].Select(minute => Hour.AddMinutes(minute))), (1, Gen.Long[0, TimeSpan.TicksPerHour - 1].Select(Hour.AddTicks))),
        Gen.Long[-3_600_000_000, 86_400_000_000],
        Value.List[1, 12],
        (batch, ordinal, at, delay, values) => new ReportedValues(new(batch, ordinal), Resolution.Realtime, at, Micros.Instant(1_764_028_800_000_000 + delay), values));

    [Fact]
    [Requirement("R-5.7.3-6d")]
    public void What_goes_into_a_chunk_comes_out_value_text_flag_and_frame() => Frame.List[1, 80].Sample(
        frames =>
        {
            var chunk = new Chunk(ChunkKey.Of(Resolution.Realtime, Hour, 7));
            var conflicts = new List<Conflict>();
            foreach (var frame in frames) chunk.Apply(frame, conflicts);
            var codes = new CodeBook([]);
            var again = ChunkDecoder.Decode(chunk.Key, new ChunkEncoder().Encode(chunk, codes), codes);
            Same(chunk, again);
            foreach (var frame in frames) Assert.Empty(NewIn(again, frame));
        },
        iter: 2000);

    [Fact]
    public void A_chunk_grows_the_same_whether_it_was_on_disk_meanwhile_or_not() => Gen.Select(Frame.List[1, 30], Frame.List[1, 30]).Sample(
        (first, then) =>
        {
            var codes = new CodeBook([]);
            var straight = new Chunk(ChunkKey.Of(Resolution.Realtime, Hour, 7));
            foreach (var frame in first.Concat(then)) straight.Apply(frame, []);
            var stored = new Chunk(straight.Key);
            foreach (var frame in first) stored.Apply(frame, []);
            var reopened = ChunkDecoder.Decode(stored.Key, new ChunkEncoder().Encode(stored, codes), codes);
            foreach (var frame in then) reopened.Apply(frame, []);
            Same(straight, reopened);
        },
        iter: 500);

    [Fact]
    public void Decimal_text_is_packed_only_when_it_comes_back_the_same() => Gen.OneOf(Text, Gen.String[Among("0123456789.-+eE ".ToCharArray()), 0, 12]).Sample(
        text =>
        {
            if (DecimalText.TryParse(text, out var mantissa, out var decimals)) Assert.Equal(text, DecimalText.Format(mantissa, decimals));
        },
        iter: 20_000);

    [Theory]
    [InlineData("12.30", true)]
    [InlineData("-7", true)]
    [InlineData("0.000000001", true)]
    [InlineData("999999999", true)]
    [InlineData("1000000000", false)]
    [InlineData("-0", false)]
    [InlineData("+1", false)]
    [InlineData("007", false)]
    [InlineData("", false)]
    public void Usual_numbers_are_packed_and_odd_ones_kept_as_text(string text, bool packed) => Assert.Equal(packed, DecimalText.TryParse(text, out _, out _));

    [Fact]
    public void Numbers_whose_trailing_zeros_are_cut_cost_no_more_than_others()
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, 60).Select(_ => random.Next(100, 400)).ToArray();
        var full = Size(values.Select(value => DecimalText.Format(value, 2)));
        var cut = Size(values.Select(value => (value / 100m).ToString("0.##", CultureInfo.InvariantCulture)));
        Assert.InRange(cut, full, full + 2);
    }

    [Fact]
    public void Every_changed_byte_of_a_chunk_is_found_out()
    {
        var chunk = new Chunk(ChunkKey.Of(Resolution.Realtime, Hour, 7));
        for (var minute = 0; minute < 60; minute++) chunk.Apply(Minute(minute, "12." + minute), []);
        var codes = new CodeBook([]);
        var bytes = new ChunkEncoder().Encode(chunk, codes);
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x10;
            Assert.Throws<ChunkCorruptException>(() => ChunkDecoder.Decode(chunk.Key, bytes, codes));
            bytes[at] ^= 0x10;
        }

        Assert.Throws<ChunkCorruptException>(() => ChunkDecoder.Decode(chunk.Key with { StationNo = 8 }, bytes, codes));
    }

    private static Gen<T> Among<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);

    private static ReportedValues Minute(int minute, string text) => new(
        new(1, minute), Resolution.Realtime, Hour.AddMinutes(minute), Micros.Instant(minute), [new("a21026", "Rtd", text, "N", null)]);

    private static int Size(IEnumerable<string> texts)
    {
        var chunk = new Chunk(ChunkKey.Of(Resolution.Realtime, Hour, 7));
        foreach (var (text, minute) in texts.Select((text, minute) => (text, minute))) chunk.Apply(Minute(minute, text), []);
        return new ChunkEncoder().Encode(chunk, new([])).Length;
    }

    private static List<ReportedValue> NewIn(Chunk chunk, ReportedValues frame)
    {
        var before = chunk.Cells;
        chunk.Apply(frame, []);
        return chunk.Cells == before ? [] : [.. frame.Values];
    }

    private static void Same(Chunk expected, Chunk actual)
    {
        var (left, right) = (FrameRows.Of(expected, DateTime.MinValue, DateTime.MaxValue), FrameRows.Of(actual, DateTime.MinValue, DateTime.MaxValue));
        Assert.Equal(left.Count, right.Count);
        for (var i = 0; i < left.Count; i++)
        {
            Assert.Equal(left[i] with { Values = [] }, right[i] with { Values = [] });
            Assert.Equal(left[i].Values.OrderBy(Name), right[i].Values.OrderBy(Name));
        }

        static string Name(ReportedValue value) => value.Factor + "-" + value.Quantity;
    }
}
