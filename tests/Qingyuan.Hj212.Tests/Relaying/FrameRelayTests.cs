using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Relaying;
using Qingyuan.Hj212.Security;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Tests.Relaying;

public class FrameRelayTests
{
    private const string Area = "DataTime=20240520210600;a01011-Min=1.35,a01011-Avg=1.35,a01011-Max=1.35,a01011-Flag=N;a01012-Min=9.3,a01012-Avg=9.3,a01012-Max=9.3,a01012-Flag=N;a01014-Min=3.20,a01014-Avg=3.211,a01014-Max=3.212,a01014-Flag=N";

    [Theory]
    [InlineData(Edition.V2017, "QN=Q;ST=31;CN=2051;PW=p;MN=NEW;Flag=5;CP=&&A&&")]
    [InlineData(Edition.V2025, "QN=Q;ST=31;CN=2051;PW=p;MN=NEW;Flag=9;CP=&&A&&")]
    [InlineData(Edition.V2005, "ST=31;CN=2051;PW=p;MN=NEW;Flag=1;CP=&&A&&")]
    public void The_header_is_the_targets_the_area_the_loggers(Edition edition, string expected) =>
        Assert.Equal(expected.Replace("A", Area, StringComparison.Ordinal), Segment(Assert.Single(Relay(Area, new(edition, "NEW", "p", true))!)));

    /// <summary>HJ 212-2025 A.2: the official frame, but for the password of its header.</summary>
    [Fact]
    public void The_official_encrypted_frame_comes_out()
    {
        var frame = Assert.Single(Relay(Area, new(Edition.V2025, "010000A8900016F000169DC0", "123456", true, new Sm4("0000000000000000"u8)), qn: "20240520210700000")!);
        var text = Encoding.Latin1.GetString(frame);
        Assert.Equal("##0295", text[..6]);
        Assert.EndsWith("&&2200\r\n", text, StringComparison.Ordinal);
        Assert.StartsWith("E43E159ACFAB242CB53155FB8B9281A1", Convert.ToHexString(frame.AsSpan(text.IndexOf("CP=&&", StringComparison.Ordinal) + 5)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_makes_it_too_long_splits_it_and_loses_no_object()
    {
        var area = "DataTime=20240520210600;" + string.Join(';', Enumerable.Range(0, 40).Select(i => $"a{i:D5}-Avg=1.0,a{i:D5}-Flag=N"));
        var frames = Relay(area, new(Edition.V2017, "NEW", "p", true))!;
        Assert.Equal(2, frames.Count);
        Assert.All(frames, frame => Assert.True(frame.Length <= 1036));
        var objects = frames.SelectMany(frame => Segment(frame).Split("&&")[1].Split(';').Skip(1));
        Assert.Equal(area.Split(';').Skip(1), objects);
        Assert.Equal(2, frames.Select(frame => Segment(frame).Split(';')[0]).Distinct().Count());
    }

    [Fact]
    public void Backfill_says_so_only_where_there_is_a_word_for_it()
    {
        Assert.Contains(";RF=1;CP", Segment(Relay(Area, new(Edition.V2025, "N", "p", false), resent: true)![0]), StringComparison.Ordinal);
        Assert.DoesNotContain("RF=", Segment(Relay(Area, new(Edition.V2017, "N", "p", false), resent: true)![0]), StringComparison.Ordinal);
    }

    private static IReadOnlyList<byte[]>? Relay(string area, RelayProfile profile, string qn = "Q", bool resent = false)
    {
        var part = 0;
        Assert.True(SegmentHeader.TryParse(Encoding.ASCII.GetBytes($"QN=1;ST=31;CN=2051;PW=old;MN=OLD;Flag=5;CP=&&{area}&&"), out var header, out _));
        return FrameRelay.Rebuild(header, profile, qn, () => $"{qn}-{++part}", resent);
    }

    private static string Segment(byte[] frame)
    {
        var segment = frame.AsSpan()[6..^6];
        Assert.Equal(Crc16.Compute(segment).ToString("X4", System.Globalization.CultureInfo.InvariantCulture), Encoding.ASCII.GetString(frame)[^6..^2]);
        return Encoding.ASCII.GetString(segment);
    }
}
