using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Ingest.Contracts;

namespace Qingyuan.Platform.Tests.Edge;

/// <summary>The program as scripts see it: a process, its lines and its exit code.</summary>
public class ServeTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "qingyuan.exe" : "qingyuan");

    [Fact]
    public async Task Says_ready_when_all_ports_are_open_holds_its_directory_and_ends_cleanly_on_SIGTERM()
    {
        if (OperatingSystem.IsWindows()) return;
        var data = Directory.CreateTempSubdirectory("qingyuan-serve-").FullName;
        using var server = Start("serve", "--data", data, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0");
        string? line;
        do line = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        while (line is not null && !line.StartsWith("ready ", StringComparison.Ordinal));
        Assert.Matches(@"^ready http=http://127\.0\.0\.1:\d+ hj212=127\.0\.0\.1:\d+$", line);

        var second = await EndAsync(Start("serve", "--data", data, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0"));
        Assert.Equal(3, second.Code);
        Assert.Contains("in use", second.Error, StringComparison.Ordinal);

        var token = await EndAsync(Start("token", "create", "--role", "regulator", "--data", data));
        Assert.Equal(0, token.Code);
        using var client = new HttpClient { BaseAddress = new Uri(line!.Split(' ')[1]["http=".Length..]) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token.Output.TrimEnd().Split('\n')[^1]);
        Assert.Contains("regulator", await client.GetStringAsync(new Uri("/api/v1/me", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Process.Start("kill", ["-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!.Dispose();
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, server.ExitCode);
    }

    [Theory]
    [InlineData(2, "--insecure", "serve", "--http", "0.0.0.0:0")]
    [InlineData(2, "HOST:PORT", "serve", "--http", "nonsense")]
    [InlineData(2, "--cert", "serve", "--https", "127.0.0.1:0")]
    [InlineData(2, "--foo", "serve", "--foo")]
    [InlineData(3, "/dev/null", "serve", "--data", "/dev/null/x")]
    [InlineData(3, "--data /dev/null: a directory is needed", "serve", "--data", "/dev/null")]
    [InlineData(2, "'frobnicate' is no command; there are serve, ", "frobnicate")]
    [InlineData(2, "a command is missing; there are add, import", "station")]
    [InlineData(2, "--db: not a connection string", "serve", "--db", "garbage", "--data", "")]
    [InlineData(2, "ogus'", "serve", "--db", "Host=db;Bogus=1", "--data", "")]
    [InlineData(2, "--db: not a connection string", "move", "--db", "garbage", "--data", "")]
    [InlineData(2, "--db: not a connection string", "backup", "create", "--db", "garbage", "--data", "")]
    [InlineData(2, "--db: not a connection string", "backup", "restore", "x.qybackup", "--db", "garbage", "--data", "")]
    [InlineData(2, "--cert /nowhere.pfx: no such file", "serve", "--https", "127.0.0.1:0", "--cert", "/nowhere.pfx")]
    [InlineData(2, "role", "user", "add", "x", "--role", "king", "--data", "")]
    public async Task Wrong_use_ends_with_2_and_a_failing_world_with_3_each_with_one_line(int code, string says, params string[] arguments)
    {
        var fresh = Directory.CreateTempSubdirectory("qingyuan-serve-").FullName;
        var ended = await EndAsync(Start([.. arguments.Select(argument => argument.Length is 0 ? fresh : argument)]));
        Assert.Equal(code, ended.Code);
        var lines = ended.Error.TrimEnd().Split('\n').Where(line => line.StartsWith("qingyuan: ", StringComparison.Ordinal)).ToArray();
        Assert.Contains(says, Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adapters/x.json", """{"model":"x","mns":[],"operations":{"fly":{"command":8001,"area":""}}}""", "operations.fly")]
    [InlineData("qingyuan.json", "{\n\"Backup\": {\n", "qingyuan.json: line ")]
    [InlineData("qingyuan.json", """{"Backup":{"Every":"seven"}}""", "setting Backup:Every ")]
    [InlineData("qingyuan.json", """{"Database":"garbage"}""", "setting Database ")]
    [InlineData("qingyuan.json", """{"RemoteControl":{"NearLimitShare":0.95}}""", "NearLimitShare")]
    public async Task A_setting_that_must_not_be_ends_the_start_with_2_and_its_name(string file, string text, string says)
    {
        var data = Directory.CreateTempSubdirectory("qingyuan-serve-").FullName;
        Directory.CreateDirectory(Path.Combine(data, "adapters"));
        await File.WriteAllTextAsync(Path.Combine(data, file), text, TestContext.Current.CancellationToken);
        var ended = await EndAsync(Start("serve", "--data", data, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0"));
        Assert.Equal(2, ended.Code);
        Assert.Contains(says, Assert.Single(ended.Error.Split('\n'), line => line.StartsWith("qingyuan: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--http", "--hj212")]
    [InlineData("--hj212", "--http")]
    public async Task An_address_that_is_taken_is_said_by_its_option_before_anything_begins(string taken, string free)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var data = Directory.CreateTempSubdirectory("qingyuan-serve-").FullName;
        var ended = await EndAsync(Start("serve", "--data", data, taken, $"{other.LocalEndpoint}", free, "127.0.0.1:0"));
        Assert.Equal(3, ended.Code);
        Assert.Equal($"qingyuan: {taken} {other.LocalEndpoint}: in use by another program", ended.Error.Trim());
        Assert.Empty(ended.Output);
        Assert.False(File.Exists(Path.Combine(data, "platform.db")));
    }

    [Fact]
    public async Task Where_the_passwords_of_a_first_start_are_is_said_at_later_starts_too()
    {
        var data = Directory.CreateTempSubdirectory("qingyuan-serve-").FullName;
        var file = Path.Combine(data, "first-sign-in.txt");
        Assert.Equal((true, true), await SaidAsync(data, file));
        Assert.Equal((false, true), await SaidAsync(data, file));
        File.Delete(file);
        Assert.Equal((false, false), await SaidAsync(data, file));
    }

    [Fact]
    public async Task A_server_that_stops_by_itself_says_so_in_its_exit_code()
    {
        Dictionary<string, string?> said = new() { ["Data"] = Directory.CreateTempSubdirectory("qingyuan-serve-").FullName, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0" };
        using var mortal = new Mortal();
        await using var server = await Server.StartAsync(said, services => services.AddHostedService(_ => mortal));
        var stopped = server.UntilStoppedAsync();
        mortal.Death.SetException(new InvalidOperationException("a bug"));
        Assert.Equal(3, await stopped);
    }

    [Theory]
    [InlineData(null, HealthStatus.Healthy)]
    [InlineData("disk full", HealthStatus.Unhealthy)]
    public async Task Not_ready_while_frames_cannot_be_stored(string? trouble, HealthStatus expected) =>
        Assert.Equal(expected, (await new FramesHealth(new Intake(trouble)).CheckHealthAsync(new(), default)).Status);

    private sealed class Mortal : BackgroundService
    {
        public TaskCompletionSource Death { get; } = new();

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Death.Task;
    }

    private sealed class Intake(string? trouble) : IIngestHealth
    {
        public IngestHealth Now { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, trouble, new Dictionary<string, long>());

        public IReadOnlyList<(string Mn, string Remote, long Frames, DateTimeOffset First, DateTimeOffset Last)> UnknownStations => [];
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() })!;

    /// <summary>Whether a start shows passwords, and whether it names their file, before it is ready.</summary>
    private static async Task<(bool Passwords, bool File)> SaidAsync(string data, string file)
    {
        using var server = Start("serve", "--data", data, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0");
        var said = new List<string>();
        while (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("ready ", StringComparison.Ordinal)) said.Add(line);
        server.Kill();
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (said.Any(line => line.StartsWith("first-sign-in ", StringComparison.Ordinal)), said.Any(line => line.Contains(file, StringComparison.Ordinal)));
    }

    private static async Task<(int Code, string Output, string Error)> EndAsync(Process process)
    {
        using (process)
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await error);
        }
    }
}
