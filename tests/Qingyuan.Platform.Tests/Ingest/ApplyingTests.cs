using Qingyuan.Platform.Ingest.Applying;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

public sealed class ApplyingTests
{
    [Fact]
    public void A_water_upload_becomes_values_with_their_texts_marks_and_sampling_times()
    {
        var report = Decode("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=M;Flag=5;CP=&&DataTime=20160801085857;w01001-Rtd=7.10,w01001-Flag=N;"
            + "w01018-SampleTime=20160801070000,w01018-Rtd=2.2,w01018-Flag=N,w01018-EFlag=A01;w21003-Flag=D&&");
        Assert.Equal("2011", report!.Command);
        Assert.Equal(new DateTime(2016, 8, 1, 8, 58, 57), report.DataTime);
        Assert.Equal(new DateTime(2016, 8, 1, 8, 58, 57, 223), report.RequestTime);
        Assert.Equal([("w01001", "Rtd", "7.10", "N", null), ("w01018", "Rtd", "2.2", "N", new DateTime(2016, 8, 1, 7, 0, 0))],
            report.Values.Select(value => (value.Factor, value.Quantity, value.Text, value.Flag, value.SampleTime)));
        Assert.Equal([new("w01018-EFlag", "A01"), new("w21003-Flag", "D")], report.Fields);
    }

    private static Stations.Contracts.StationReport? Decode(string segment) => ReportDecoder.Decode(
        new StoredFrame(new(3, 4), new(1, "M", DateTimeOffset.UnixEpoch, FrameVerdict.Accepted, null, "x"), Logger.Frame(segment)));
}
