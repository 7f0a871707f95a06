using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Inspection;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Tests.Framing;

/// <summary>What real senders get wrong, one test a kind: what a tolerant host makes of it, and that the strict verdict names it.</summary>
public class DeviationTests
{
    private const string Segment = "QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;w01001-Rtd=7.1,w01001-Flag=N&&";

    private static readonly ushort Crc = Crc16.Compute(Encoding.UTF8.GetBytes(Segment));
    private static readonly ushort Modbus = Crc16.ComputeModbus(Encoding.UTF8.GetBytes(Segment));

    [Fact]
    public void A_modbus_check_value_is_accepted_with_a_note() => Accepts(Packet(crc: $"{Modbus:X4}"), FrameNotes.ModbusCrc);

    [Fact]
    public void A_modbus_check_value_with_its_bytes_exchanged_is_accepted_with_a_note() =>
        Accepts(Packet(crc: $"{Modbus & 0xFF:X2}{Modbus >> 8:X2}"), FrameNotes.SwappedModbusCrc);

    [Fact]
    public void A_check_value_of_any_other_algorithm_is_refused() => Refuses(Packet(crc: "FFFF"), FrameRejection.CrcMismatch);

    [Fact]
    public void A_lower_case_check_value_is_the_same_number()
    {
        var segment = Segment.Replace("7.1", "7.4", StringComparison.Ordinal);
        var crc = $"{Crc16.Compute(Encoding.UTF8.GetBytes(segment)):x4}";
        Assert.Contains(crc, letter => letter is >= 'a' and <= 'f');
        Accepts($"##{segment.Length:D4}{segment}{crc}\r\n", FrameNotes.LowerCaseCrc, strict: true);
    }

    [Theory]
    [InlineData(1)] // only 0: no other value has an empty high byte
    [InlineData(3)]
    public void A_check_value_without_its_leading_zeros_is_accepted_with_a_note(int digits)
    {
        var segment = Enumerable.Range(0, 100_000).Select(number => Segment.Replace("7.1", $"{number}", StringComparison.Ordinal))
            .First(text => $"{Crc16.Compute(Encoding.UTF8.GetBytes(text)):X}".Length == digits);
        Accepts($"##{segment.Length:D4}{segment}{Crc16.Compute(Encoding.UTF8.GetBytes(segment)):X}\r\n", FrameNotes.ShortCrc);
    }

    [Theory]
    [InlineData("81")]
    [InlineData("139")]
    [InlineData("")]
    [InlineData("00139")]
    [InlineData("0x8B")]
    public void A_length_that_is_not_four_digits_is_seen_past(string length)
    {
        if (length == "0x8B") Refuses(Packet(length), FrameRejection.LengthNotNumeric);
        else Accepts(Packet(length), FrameNotes.LengthWrong);
    }

    [Theory]
    [InlineData("0400")]
    [InlineData("0050")]
    [InlineData("0138")]
    [InlineData("0141")]
    [InlineData("9999")]
    public void A_wrong_length_is_seen_past_when_the_check_value_fits_the_segment(string length) => Accepts(Packet(length), FrameNotes.LengthWrong);

    [Fact]
    public void A_length_that_counts_characters_instead_of_bytes_is_seen_past()
    {
        var segment = Segment.Replace("w01001-Rtd=7.1,w01001-Flag=N", "i11001-Info=//清洗管路//", StringComparison.Ordinal);
        Accepts($"##{segment.Length:D4}{segment}{Crc16.Compute(Encoding.UTF8.GetBytes(segment)):X4}\r\n", FrameNotes.LengthWrong);
    }

    [Theory]
    [InlineData("0400")]
    [InlineData("0050")]
    [InlineData("81")]
    public void A_wrong_length_with_a_wrong_check_value_is_refused_and_the_next_frame_is_not_lost(string length)
    {
        var results = FrameStream.Cut(Packet(length, "0000") + Packet());
        Assert.Equal([FrameStatus.Rejected, FrameStatus.Complete], results.Select(one => one.Status));
        Assert.Equal(FrameNotes.None, results[1].Notes);
    }

    [Theory]
    [InlineData(1025)]
    [InlineData(1623)]
    public void A_segment_over_1024_bytes_is_accepted_with_a_note(int length)
    {
        var segment = Segment.Replace("7.1", new string('7', length - Segment.Length + 3), StringComparison.Ordinal);
        Accepts($"##{length}{segment}{Crc16.Compute(Encoding.UTF8.GetBytes(segment)):X4}\r\n", FrameNotes.LongSegment);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\r\n")]
    [InlineData("\r")]
    public void Another_end_than_cr_lf_is_accepted_with_a_note(string end)
    {
        var results = FrameStream.Cut(Packet(end: end) + Packet());
        Assert.Equal([FrameNotes.MissingCrLf, FrameNotes.None], results.Select(one => one.Notes));
    }

    [Fact]
    public void A_wrong_length_and_no_line_end_before_the_next_frame_is_still_a_frame() =>
        Assert.Equal([FrameNotes.LengthWrong | FrameNotes.MissingCrLf, FrameNotes.None], FrameStream.Cut(Packet("81", end: "") + Packet()).Select(one => one.Notes));

    [Fact]
    public void A_last_frame_without_cr_lf_is_decided_when_the_line_is_quiet()
    {
        Assert.Empty(FrameStream.Cut(Packet(end: ""), LineState.Flowing));
        Assert.Equal(FrameNotes.MissingCrLf, Assert.Single(FrameStream.Cut(Packet(end: ""), LineState.Quiet)).Notes);
    }

    [Fact]
    public void Too_great_a_length_is_decided_when_the_line_is_quiet() =>
        Assert.Equal(FrameNotes.LengthWrong, Assert.Single(FrameStream.Cut(Packet("0400"), LineState.Quiet)).Notes);

    [Fact]
    public void Half_a_frame_is_never_refused_because_the_line_is_quiet()
    {
        var packet = Packet();
        for (var length = 1; length < packet.Length - 6; length++) Assert.Empty(FrameStream.Cut(packet[..length], LineState.Quiet));
    }

    [Fact]
    public void Half_a_frame_that_stays_half_is_refused() => Refuses(Packet()[..50], FrameRejection.Truncated);

    [Theory]
    [InlineData("\0\0\0\0")]
    [InlineData("\u0001\0\0\u0006\u0001\u0003\0\0\0\u0002")]
    [InlineData("#")]
    [InlineData("QN=1;ST=32\r\n")]
    public void Rubbish_on_the_line_is_skipped(string rubbish)
    {
        var results = FrameStream.Cut(rubbish + Packet() + rubbish + Packet());
        Assert.Equal(2, FrameStream.Frames(results).Count);
        Assert.All(results, one => Assert.NotEqual(FrameStatus.Rejected, one.Status));
    }

    [Fact]
    public void A_frame_of_2005_shape_on_a_link_of_2017_is_accepted()
    {
        var header = Header("ST=32;CN=2011;PW=123456;MN=LD130133000015;CP=&&DataTime=20160824003817;011-Rtd=231.0,011-Flag=N&&");
        Assert.Equal((Edition.V2005, true, false), (header.Edition, header.Qn.IsEmpty, header.WantsReply));
    }

    [Theory]
    [InlineData("QN=;", "")]
    [InlineData("QN=?\u0001;", "?\u0001")]
    [InlineData("QN=20160801085857;", "20160801085857")]
    public void An_odd_qn_stays_as_it_is(string field, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(Header(field + "ST=32;CN=2011;PW=123456;MN=1;Flag=5;CP=&&&&").Qn));

    [Fact]
    public void A_time_with_milliseconds_is_read()
    {
        Assert.True(WireTime.TryParse("20160824003817000"u8, out var time));
        Assert.Equal(new DateTime(2016, 8, 24, 0, 38, 17), time);
    }

    [Theory]
    [InlineData("1234567")]
    [InlineData("aqms-01-x")]
    [InlineData("010000a8900016f000")]
    public void An_odd_mn_is_an_opaque_text(string mn) =>
        Assert.Equal(mn, Encoding.UTF8.GetString(Header($"QN=20160801085857223;ST=32;CN=2011;PW=123456789012345678901234;MN={mn};Flag=5;CP=&&&&").Mn));

    [Theory]
    [InlineData("77")]
    [InlineData("9130")]
    public void An_odd_st_is_an_opaque_text(string st) => Assert.Equal(st, Encoding.UTF8.GetString(Header($"ST={st};CN=2011;PW=1;MN=1;CP=&&&&").St));

    [Fact]
    public void Fields_in_another_order_are_found_by_name()
    {
        var header = Header("MN=010000A8900016F000169DC0;PW=123456;CN=2011;Flag=5;ST=32;QN=20160801085857223;CP=&&&&");
        Assert.Equal(("32", 2011, 5), (Encoding.UTF8.GetString(header.St), header.Command, header.Flag!.Value));
        Assert.Equal(HeaderNotes.Order, header.Notes);
    }

    [Fact]
    public void CmdFlag_is_the_flag()
    {
        var header = Header("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;CmdFlag=5;CP=&&&&");
        Assert.Equal((Edition.V2017, true, HeaderNotes.CmdFlag), (header.Edition, header.WantsReply, header.Notes));
    }

    [Theory]
    [InlineData("w01001-Rtd=7.1;")]
    [InlineData(";;w01001-Rtd=7.1;,;")]
    [InlineData(" ;w01001-Rtd=7.1")]
    public void Empty_items_are_passed_over(string area) => Assert.Equal(["w01001-Rtd=7.1"], Items(area));

    [Fact]
    public void A_missing_end_of_the_area_with_the_old_length_is_refused()
    {
        var cut = Segment[..^2];
        Refuses($"##{Segment.Length:D4}{cut}{Crc:X4}\r\n", FrameRejection.NoTail);
    }

    [Fact]
    public void A_flag_without_its_code_belongs_to_the_item_before_it()
    {
        var values = new List<FactorValue>();
        FactorValues.Read("DataTime=20160801085857;a34001-Rtd=92;Flag=N;a21026-Rtd=3;Flag=D"u8, values);
        Assert.Equal([("a34001", "N"), ("a21026", "D")], values.Select(value => (value.Factor, value.Flag!)));
    }

    [Fact]
    public void A_flag_in_the_area_is_not_the_flag_of_the_header() =>
        Assert.Null(Header("ST=32;CN=2011;PW=123456;MN=1;CP=&&a34001-Rtd=92;Flag=N&&").Flag);

    [Theory]
    [InlineData("i13005-Info =40", "i13005-Info=40")]
    [InlineData("PolId =w01018", "PolId=w01018")]
    [InlineData("LA-td=50.1", "LA-td=50.1")]
    public void Blanks_round_names_go_and_unknown_suffixes_stay(string area, string expected) => Assert.Equal([expected], Items(area));

    [Fact]
    public void Codes_and_names_nobody_knows_are_kept() => Assert.Equal(["FANSTATUS=1", "a99948-Rtd=2", "ua19004-Rtd=3", "801-Rtd=4"], Items("FANSTATUS=1;a99948-Rtd=2;ua19004-Rtd=3;801-Rtd=4"));

    [Fact]
    public void Text_in_gbk_is_read_and_noted()
    {
        byte[] segment = [.. "QN=1;ST=32;CN=3020;PW=1;MN=1;Flag=5;CP=&&i11001-Info=//"u8, .. CodePagesEncodingProvider.Instance.GetEncoding("GBK")!.GetBytes("清洗管路"), .. "//&&"u8];
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        FrameWriter.Write(output, segment);
        var frame = FrameDecoder.Decode(output.WrittenMemory).Frame!;
        Assert.Equal("//清洗管路//", Assert.Single(frame.Fields).Value);
        Assert.Contains(FrameDecoder.GbkNote, frame.Notes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("NaN")]
    [InlineData("St")]
    public void A_value_that_is_no_number_stays_as_it_is(string value)
    {
        var values = new List<FactorValue>();
        FactorValues.Read(Encoding.UTF8.GetBytes($"p99101-Rtd={value}"), values);
        Assert.Equal(value, Assert.Single(values).Text);
    }

    private static string Packet(string? length = null, string? crc = null, string end = "\r\n") => $"##{length ?? $"{Segment.Length:D4}"}{Segment}{crc ?? $"{Crc:X4}"}{end}";

    private static void Accepts(string packet, FrameNotes notes, bool strict = false)
    {
        var one = Assert.Single(FrameStream.Cut(packet));
        Assert.Equal((FrameStatus.Complete, notes), (one.Status, one.Notes));
        var buffer = new System.Buffers.ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(packet));
        FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended);
        Assert.Equal(strict, !StrictCheck.Of(cut).Any(violation => violation.Rule == notes.ToString()));
    }

    private static void Refuses(string packet, FrameRejection why)
    {
        var one = Assert.Single(FrameStream.Cut(packet));
        Assert.Equal((FrameStatus.Rejected, why), (one.Status, one.Why));
    }

    private static SegmentHeader Header(string segment)
    {
        Assert.True(SegmentHeader.TryParse(Encoding.UTF8.GetBytes(segment), out var header, out _));
        return header;
    }

    private static List<string> Items(string area)
    {
        var items = new List<string>();
        foreach (var item in new DataAreaReader(Encoding.UTF8.GetBytes(area))) items.Add($"{Encoding.UTF8.GetString(item.Name)}={Encoding.UTF8.GetString(item.Value)}");
        return items;
    }
}
