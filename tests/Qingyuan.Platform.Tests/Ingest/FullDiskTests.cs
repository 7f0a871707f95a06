using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>The real <c>qingyuan serve</c> on a file system of its own, filled to the last byte while a logger sends.</summary>
public sealed class FullDiskTests
{
    private const string Mn = "FULLDISK000001";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "qingyuan");

    [Fact]
    public async Task A_full_disk_acknowledges_nothing_says_so_serves_the_sign_in_and_recovers_by_itself()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") Assert.Skip("NOT TESTED HERE: a really full disk. Mounting a small file system needs Linux and root.");
        var folder = Directory.CreateTempSubdirectory("qingyuan-full-").FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder) is not 0) Assert.Skip("NOT TESTED HERE: a really full disk. This machine does not let us mount one.");
        try
        {
            await OnAsync(folder);
        }
        finally
        {
            await RunAsync("umount", "-l", folder);
            Directory.Delete(folder);
        }
    }

    private static async Task OnAsync(string folder)
    {
        Assert.Equal(0, await RunAsync(Program, "station", "add", Mn, "--name", "f", "--kind", "water", "--edition", "2017", "--password", "123456", "--data", folder));
        var acknowledged = new ConcurrentDictionary<string, byte>(StringComparer.Ordinal);
        var sent = new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal);
        using var server = Start(Program, "serve", "--data", folder, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0");
        try
        {
            string? line;
            do line = await server.StandardOutput.ReadLineAsync();
            while (line is not null && !line.StartsWith("ready ", StringComparison.Ordinal));
            var parts = line!.Split(' ');
            using var http = new HttpClient { BaseAddress = new(parts[1]["http=".Length..]) };
            var address = IPEndPoint.Parse(parts[2]["hj212=".Length..]);

            using var logger = await Logger.ConnectAsync(address);
            var listening = Task.Run(async () =>
            {
                while (await logger.TryReadAsync() is { } answer) acknowledged.TryAdd(answer[9..26], 0);
            });
            var number = 0;
            await Eventually.That(() => acknowledged.Count >= 20, () => Send(logger, ref number, sent).Wait());
            Fill(folder);
            await Eventually.That(async () => !await IsReadyAsync(http), () => Send(logger, ref number, sent).Wait());
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/sign-in", UriKind.Relative))).StatusCode);
            var before = acknowledged.Count;
            for (var i = 0; i < 50; i++) await Send(logger, ref number, sent);
            Assert.False(await IsReadyAsync(http));

            File.Delete(Path.Combine(folder, "fill"));
            await Eventually.That(() => IsReadyAsync(http));
            await Eventually.That(() => acknowledged.Count > before + 20, () => Send(logger, ref number, sent).Wait());
            server.Kill();
            await listening;
        }
        finally
        {
            if (!server.HasExited) server.Kill();
            await server.WaitForExitAsync();
        }

        var stored = await FramesOnDisk.ReadAsync(folder);
        Assert.All(acknowledged.Keys, qn => Assert.Equal(Encoding.ASCII.GetString(sent[qn]), stored.GetValueOrDefault(qn)));
    }

    private static Task Send(Logger logger, ref int number, ConcurrentDictionary<string, byte[]> sent)
    {
        var frame = Logger.Upload(Mn, ++number);
        sent[Logger.Qn(number)] = frame;
        return logger.SendAsync(frame);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http) => (await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode is HttpStatusCode.OK;

    private static void Fill(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, "fill"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var block in new[] { new byte[256 * 1024], new byte[4096] })
        {
            try
            {
                while (true) file.Write(block);
            }
            catch (IOException)
            {
                // full, as it should be
            }
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        _ = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static Process Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException(program + " did not start.");
        process.ErrorDataReceived += (_, _) => { }; // an unread pipe would stop it
        process.BeginErrorReadLine();
        return process;
    }
}
