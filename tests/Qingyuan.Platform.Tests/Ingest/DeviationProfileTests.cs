using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Hj212.Framing;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Ingest;

public sealed class DeviationProfileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_logger_does_wrong_is_learnt_with_its_share_its_clause_and_an_example()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        const string Mn = "010000A8900016F0000DEF01";
        Assert.True((await house.Services.GetRequiredService<IStationArchive>().AddAsync(new(Mn, "偏差", StationKind.Water, 2017, "123456"), Actor.Service("test", "self"), Token)).IsOk);
        using var logger = await Logger.ConnectAsync(house.Hj212);
        for (var number = 0; number < 4; number++)
        {
            var segment = System.Text.Encoding.ASCII.GetBytes($"QN=2026030108000000{number};ST=32;CN=2011;PW=123456;MN={Mn};Flag=5;CP=&&DataTime=2026030108000{number};w01018-Rtd=18.2,w01018-Flag=N&&");
            var crc = number < 3 ? Crc16.ComputeModbus(segment) : Crc16.Compute(segment);
            await logger.SendAsync($"##{segment.Length:D4}{System.Text.Encoding.ASCII.GetString(segment)}{crc:X4}\r\n");
            await logger.ReadAsync();
        }

        using var client = house.Client(Roles.Regulator);
        var profile = JsonDocument.Parse(await client.GetStringAsync(new Uri($"/api/v1/stations/{Mn}/deviations", UriKind.Relative), Token)).RootElement;
        Assert.Equal(4, profile.GetProperty("looked").GetInt32());
        var deviation = Assert.Single(profile.GetProperty("deviations").EnumerateArray());
        Assert.Equal(("ModbusCrc", 3), (deviation.GetProperty("rule").GetString(), deviation.GetProperty("frames").GetInt32()));
        Assert.Contains("20260301080000002", await client.GetStringAsync(new Uri("/api/v1/frames/" + deviation.GetProperty("frameId").GetString(), UriKind.Relative), Token), StringComparison.Ordinal);
    }
}
