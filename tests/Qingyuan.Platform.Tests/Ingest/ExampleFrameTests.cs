using System.Text;
using Qingyuan.Hj212.Segments;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>The frames of the standards' own examples, of all editions, over the socket.</summary>
public sealed class ExampleFrameTests
{
    private static readonly byte[][] Frames =
    [
        .. new[] { "2005", "2017", "2025" }.SelectMany(edition => File.ReadLines(Repo.Path("tests", "Qingyuan.Hj212.Tests", "Frames", edition + ".txt")))
            .Where(line => line.StartsWith("##", StringComparison.Ordinal)).Select(line => Encoding.UTF8.GetBytes(line + "\r\n")),
    ];

    [Fact]
    public async Task Each_is_kept_byte_for_byte_and_each_upload_that_asks_is_answered()
    {
        await using var host = await IngestHost.StartAsync();
        foreach (var mn in Frames.Select(frame => Header(frame, "MN")).Distinct(StringComparer.Ordinal).Where(mn => mn.Length > 0))
            host.Stations.Add(mn, Frames.Where(frame => Header(frame, "MN") == mn).Select(frame => Header(frame, "PW")).First(pw => pw.Length > 0));
        using var logger = await host.ConnectAsync();
        foreach (var frame in Frames) await logger.SendAsync(frame);
        logger.EndSending();
        var answers = await logger.ReadToEndAsync();

        Assert.True(Frames.Length >= 70, $"{Frames.Length} frames");
        Assert.Equal(Frames.Select(Encoding.Latin1.GetString), host.Log.Stored.Select(frame => Encoding.Latin1.GetString(frame.Bytes.Span)));
        Assert.DoesNotContain(host.Log.Stored, frame => frame.Arrival.Why is "CrcMismatch");
        var wanted = Frames.Where(frame => Header(frame, "CN") is ['2', ..] && int.TryParse(Header(frame, "Flag"), out var flag) && (flag & 1) is 1 && Header(frame, "CN") is not ("2012" or "2022"));
        foreach (var frame in wanted) Assert.Contains($"QN={Header(frame, "QN")}", answers, StringComparison.Ordinal);
        Assert.Equal(host.Health.Received, host.Health.Stored);
    }

    [Fact]
    public void Each_upload_of_values_becomes_values()
    {
        var uploads = Frames.Where(frame => Header(frame, "CN") is "2011" or "2051" or "2061" or "2031" && Encoding.Latin1.GetString(frame).Contains("-Flag=", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(uploads);
        foreach (var frame in uploads)
        {
            var report = Platform.Ingest.Applying.ReportDecoder.Decode(new StoredFrame(new(1, 0), new(1, "M", DateTimeOffset.UnixEpoch, FrameVerdict.Accepted, null, "x"), frame));
            Assert.NotNull(report);
            Assert.NotNull(report.DataTime);
            Assert.NotEmpty(report.Values);
        }
    }

    private static string Header(byte[] frame, string field)
    {
        _ = SegmentHeader.TryParse(frame.AsSpan(6, frame.Length - 12), out var header, out _);
        return field switch
        {
            "MN" => Encoding.UTF8.GetString(header.Mn),
            "PW" => Encoding.UTF8.GetString(header.Pw),
            "QN" => Encoding.UTF8.GetString(header.Qn),
            "CN" => Encoding.UTF8.GetString(header.Cn),
            _ => header.Flag?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        };
    }
}
