using System.Buffers;
using System.Globalization;
using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Security;

namespace Qingyuan.Hj212.Tests.Security;

public class EncryptedSegmentTests
{
    private const string Head = "QN=20240520210700000;ST=31;CN=2051;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&";

    private static readonly Sm4 Key = new("0000000000000000"u8);

    /// <summary>HJ 212-2025 A.2, both examples, with blocks as raw bytes and as hexadecimal text.</summary>
    public static TheoryData<string, bool> Official => new(
        from area in (string[])
        [
            "DataTime=20240520210600;a01011-Min=1.35,a01011-Avg=1.35,a01011-Max=1.35,a01011-Flag=N;a01012-Min=9.3,a01012-Avg=9.3,a01012-Max=9.3,a01012-Flag=N;a01014-Min=3.20,a01014-Avg=3.211,a01014-Max=3.212,a01014-Flag=N",
            "DataTime=20240520210600;a01011-Min=1.35,a01011-Avg=1.35,a01011-Max=1.35,a01011-Flag=N;a01014-Min=3.20,a01014-Avg=3.20,a01014-Max=3.20,a01014-Flag=N",
        ]
        from hex in (bool[])[false, true]
        select (area, hex));

    [Theory]
    [MemberData(nameof(Official))]
    public void The_official_frames_are_cut_by_length_and_opened_with_their_key(string area, bool hex)
    {
        var (frame, crc) = Frame(area, hex);
        var buffer = new ReadOnlySequence<byte>([.. frame, .. "##00"u8]);
        Assert.Equal(FrameStatus.Rejected, FrameCutter.TryCut(ref buffer, out var cut));
        Assert.Equal((FrameRejection.CrcMismatch, frame.Length, crc), (cut.Why, (int)cut.Frame.Length, cut.ReceivedCrc));
        var plain = EncryptedSegment.TryOpen(cut.Segment.ToArray(), crc, Key);
        Assert.Equal(Head + area + "&&", Encoding.ASCII.GetString(plain!));
        Assert.Null(EncryptedSegment.TryOpen(cut.Segment.ToArray(), crc, new Sm4("another key 1234"u8)));
    }

    [Fact]
    public void Any_area_comes_back_in_either_form_however_the_stream_is_cut() =>
        Gen.Select(Gen.Char['!', '~'].Array[16, 700], Gen.Bool, Gen.Int[1, 60]).Sample((letters, hex, step) =>
        {
            var area = "DataTime=2024;" + new string(letters).Replace('&', '+').Replace('#', '+');
            var (frame, crc) = Frame(area, hex);
            for (var length = step; length < frame.Length; length += step)
            {
                var half = new ReadOnlySequence<byte>(frame.AsMemory(0, length));
                var early = FrameCutter.TryCut(ref half, out var cutEarly);
                Assert.True(early is FrameStatus.Incomplete, $"{early} {cutEarly.Why} after {length} of {frame.Length}");
            }

            var buffer = new ReadOnlySequence<byte>(frame);
            // Of 256 cipher texts one fits the check value all the same.
            var status = FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended);
            Assert.True(status is FrameStatus.Complete || cut.Why is FrameRejection.CrcMismatch, $"{status} {cut.Why}");
            Assert.Equal(frame.Length, cut.Frame.Length);
            Assert.True(EncryptedSegment.MayBe(cut.Segment.ToArray()));
            var plain = EncryptedSegment.TryOpen(cut.Segment.ToArray(), crc, Key);
            Assert.Equal(Head + area + "&&", plain is null ? null : Encoding.ASCII.GetString(plain));
        }, iter: 300);

    [Fact]
    public void What_is_plain_does_not_look_encrypted_and_is_not_opened()
    {
        Assert.False(EncryptedSegment.MayBe(Encoding.ASCII.GetBytes(Head + "DataTime=20240520210600;a01011-Min=1.35&&")));
        Assert.False(EncryptedSegment.MayBe(Encoding.UTF8.GetBytes(Head + "DataTime=20240520210600;i11001-Info=//清洗管路//&&")));
        Assert.Null(EncryptedSegment.TryOpen(Encoding.ASCII.GetBytes(Head + "DataTime=20240520210600;a01011-Min=1.35&&"), 0x2200, Key));
    }

    private static (byte[] Frame, ushort Crc) Frame(string area, bool hex)
    {
        var plain = Encoding.ASCII.GetBytes(Head + area + "&&");
        var cipher = Encoding.ASCII.GetBytes(area);
        AreaCipher.Encrypt(Key, cipher);
        var blocks = cipher.Length / 16 * 16;
        byte[] sent = hex ? [.. Encoding.ASCII.GetBytes(Convert.ToHexString(cipher.AsSpan(0, blocks))), .. cipher.AsSpan(blocks)] : cipher;
        var crc = Crc16.Compute(plain);
        var text = string.Create(CultureInfo.InvariantCulture, $"##{plain.Length:D4}{Head}");
        return ([.. Encoding.ASCII.GetBytes(text), .. sent, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"&&{crc:X4}\r\n"))], crc);
    }
}
