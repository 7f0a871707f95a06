using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>Kills a process that stores frames, in the middle of it. The child is this test program once more, which only plays its part when it is told where to report.</summary>
public class KillTests
{
    private const string FolderVariable = "QINGYUAN_TEST_KILL_FOLDER";
    private const string PortVariable = "QINGYUAN_TEST_KILL_PORT";
    private const int EnoughAcknowledged = 3000;

    [Fact]
    public async Task After_kill_minus_nine_every_acknowledged_frame_is_there_and_nothing_has_to_be_done()
    {
        var folder = TelemetryHouse.NewFolder();
        var acknowledged = new List<string>();
        for (var round = 0; round < 2; round++)
        {
            acknowledged.AddRange(await RunAndKillAsync(folder));
            await using var house = await TelemetryHouse.OpenAsync(folder);
            foreach (var line in acknowledged)
            {
                var (id, text) = (line.Split(' ')[0], line.Split(' ')[1]);
                Assert.True(FrameId.TryParse(id, out var place));
                Assert.Equal(text, await house.TextAsync(place));
            }

            var fresh = await house.StoreAsync(TelemetryHouse.Arrival(), "fresh");
            Assert.Equal("fresh", await house.TextAsync(fresh));
        }

        Assert.True(acknowledged.Count >= 2 * EnoughAcknowledged);
    }

    [Fact(Explicit = true)]
    public async Task Child_that_stores_until_it_is_killed()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        if (folder is null) Assert.Skip("Only started by the test above.");
        var port = int.Parse(Environment.GetEnvironmentVariable(PortVariable)!, System.Globalization.CultureInfo.InvariantCulture);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await using var report = TextWriter.Synchronized(new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" });
        await using var house = await TelemetryHouse.OpenAsync(folder);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(sender => StoreForEverAsync(house, report, sender)));
    }

    private static async Task StoreForEverAsync(TelemetryHouse house, TextWriter report, int sender)
    {
        for (var i = 0; ; i++)
        {
            var text = $"##{sender}-{i}-{Environment.ProcessId}-{new string('x', i % 300)}";
            var id = await house.StoreAsync(TelemetryHouse.Arrival("M" + sender, sender), text);
            await report.WriteLineAsync($"{id} {text} .");
        }
    }

    private static async Task<List<string>> RunAndKillAsync(string folder)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Qingyuan.Platform.Tests" + (OperatingSystem.IsWindows() ? ".exe" : "")))
        {
            ArgumentList = { "-method", $"{typeof(KillTests).FullName}.{nameof(Child_that_stores_until_it_is_killed)}", "-explicit", "on", "-noColor" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[FolderVariable] = folder;
        start.Environment[PortVariable] = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var child = Process.Start(start)!;
        var said = child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var accepting = listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask();
        if (await Task.WhenAny(accepting, child.WaitForExitAsync(TestContext.Current.CancellationToken)) != accepting) Assert.Fail("The child ended by itself: " + await said);
        using var client = await accepting;
        using var reader = new StreamReader(client.GetStream());
        var lines = new List<string>();
        try
        {
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                lines.Add(line);
                if (lines.Count == EnoughAcknowledged) child.Kill();
            }
        }
        catch (IOException)
        {
            // The connection of a killed process may end with a reset.
        }

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        lines.RemoveAll(line => !line.EndsWith(" .", StringComparison.Ordinal)); // the last one may have been cut by the kill
        return lines;
    }
}
