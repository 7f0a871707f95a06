using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Upgrades;

/// <summary>A data directory that a released version wrote is taken over by this one, without hand work and without loss.</summary>
public class UpgradeTests
{
    private const string Mn = "010000A8900016F000169DC0";

    [Theory]
    [InlineData("v0.1.0", 5)]
    public async Task Serves_what_an_earlier_release_stored(string release, int frames)
    {
        var data = Directory.CreateTempSubdirectory("qingyuan-upgrade-").FullName;
        await using (var archive = new GZipStream(File.OpenRead(Repo.Path("tests/Qingyuan.Platform.Tests/Upgrades", release + ".tar.gz")), CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(archive, data, overwriteFiles: true, TestContext.Current.CancellationToken);

        Dictionary<string, string?> said = new() { ["Data"] = data, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0" };
        await using var server = await Server.StartAsync(said);
        Assert.NotNull(server.Services.GetRequiredService<IStationDirectory>().Find(Mn));
        var page = await server.Services.GetRequiredService<IFrameReader>().ListAsync(new(Mn, null, null), TestContext.Current.CancellationToken);
        Assert.Equal(frames, page.Items.Count);
        Assert.All(page.Items, frame => Assert.Equal((byte)'#', frame.Bytes.Span[0]));
        var entries = await server.Services.GetRequiredService<ILedgerReader>().ListAsync(new(KindPrefix: "station.file"), TestContext.Current.CancellationToken);
        var verified = await server.Services.GetRequiredService<ILedgerReader>().VerifyAsync(Assert.Single(entries.Items).Id, TestContext.Current.CancellationToken);
        Assert.True(verified.Ok, string.Join(", ", verified.Checks));
    }
}
