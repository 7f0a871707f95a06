using Microsoft.Extensions.Options;
using Qingyuan.Platform.RemoteControl.Wire;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Tests.RemoteControl;

public class AdapterTests
{
    [Fact]
    public void The_sample_site_s_own_are_read_and_found_by_station_and_operation()
    {
        var data = Folder();
        foreach (var file in Directory.GetFiles(Repo.Path("tools/Qingyuan.SampleSite/Data/adapters"))) File.Copy(file, Path.Combine(data, "adapters", Path.GetFileName(file)));
        var adapters = new Adapters(new DataDirectory(data));
        Assert.Equal(8005, adapters.Find("010000A8900016F0000D0003", "restart")?.Operation.Command);
        Assert.Equal("PolId={factor}", adapters.Find("010000A8900016F0000E0001", "standard-check")?.Operation.Area);
        Assert.Null(adapters.Find("010000A8900016F0000D0003", "mixed-retention"));
        Assert.Null(adapters.Find("88888880000002", "restart"));
    }

    [Theory]
    [InlineData("""{"model":"x","mns":["M"],"operations":{"fly":{"command":8001,"area":""}}}""", "operations.fly: there is no such operation")]
    [InlineData("""{"model":"x","mns":["M"],"operations":{"restart":{"command":3021,"area":"PolId=w01018;InfoId=i13008;i13008-Info=2"}}}""", "set on site only")]
    [InlineData("""{"model":"x","mns":["M"],"operations":{"restart":{"command":1072,"area":"NewPW=1"}}}""", "1072 is the standard's own")]
    [InlineData("""{"model":"x","mns":["M"],"operations":{"restart":{"command":8001,"area":"a=1&&b"}}}""", "operations.restart.area")]
    [InlineData("""{"model":"x","mns":["M"],"operations":{"restart":{"command":8001,"area":"A={slope}"}}}""", "{slope} is no parameter")]
    [InlineData("""{"model":"x","mns":["M"],"operations":{"restart":{"command":9012,"area":""}}}""", "1000 to 8999")]
    [InlineData("""{"model":"x","operations":{}}""", "mns")]
    [InlineData("""{"model":"x","mns":[],"operations":{},"script":"rm"}""", "script")]
    [InlineData("""{"model":""", "bad.json")]
    public void A_file_that_says_what_must_not_be_said_stops_the_start_with_its_name_and_place(string json, string says)
    {
        var data = Folder();
        File.WriteAllText(Path.Combine(data, "adapters", "bad.json"), json);
        var error = Assert.Throws<OptionsValidationException>(() => new Adapters(new DataDirectory(data)));
        Assert.Contains("bad.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private static string Folder()
    {
        var data = Directory.CreateTempSubdirectory("qingyuan-adapters-").FullName;
        Directory.CreateDirectory(Path.Combine(data, "adapters"));
        return data;
    }
}
