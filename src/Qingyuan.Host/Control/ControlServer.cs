using System.Net.Sockets;
using System.Text.Json;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Host.Control;

/// <summary>Answers command-line verbs while the platform runs.</summary>
internal sealed partial class ControlServer(IServiceProvider services, DataDirectory data, ILogger<ControlServer> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var path = ControlSocket.PathOf(data);
        File.Delete(path);
        using var socket = ControlSocket.New();
        socket.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        socket.Listen();
        try
        {
            while (true) _ = AnswerAsync(await socket.AcceptAsync(stoppingToken), stoppingToken);
        }
        catch (OperationCanceledException)
        {
            File.Delete(path);
        }
    }

    private async Task AnswerAsync(Socket caller, CancellationToken ct)
    {
        using (caller)
        {
            try
            {
                await using var stream = new NetworkStream(caller);
                var request = await JsonSerializer.DeserializeAsync<ControlRequest>(stream, JsonSerializerOptions.Web, ct);
                await JsonSerializer.SerializeAsync(stream, await RunAsync(request, ct), JsonSerializerOptions.Web, ct);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Outermost loop of one conversation: the server outlives it, the caller sees the connection end.
                Failed(log, error);
            }
        }
    }

    private async Task<ControlAnswer> RunAsync(ControlRequest? request, CancellationToken ct)
    {
        if (request is null || !ControlVerbs.All.TryGetValue(request.Verb, out var handler)) return ControlAnswer.WrongUse($"the running server knows no verb '{request?.Verb}'");
        await using var scope = services.CreateAsyncScope();
        return await handler(scope.ServiceProvider, request.Args, ct);
    }

    [LoggerMessage(1, LogLevel.Error, "A command-line verb failed.")]
    private static partial void Failed(ILogger log, Exception error);
}
