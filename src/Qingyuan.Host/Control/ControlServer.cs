using System.Net.Sockets;
using System.Text.Json;
using Qingyuan.Host.Commands;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Host.Control;

/// <summary>Answers command-line verbs while the platform runs.</summary>
internal sealed partial class ControlServer(IServiceProvider services, DataDirectory data, ILogger<ControlServer> log) : BackgroundService
{
    private readonly Socket _socket = ControlSocket.New();

    /// <summary>Listens before it returns: who reads "ready" may ask at once. Executing begins on another thread, some time later.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var path = ControlSocket.PathOf(data);
        File.Delete(path);
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _socket.Listen();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _socket.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true) _ = AnswerAsync(await _socket.AcceptAsync(stoppingToken), stoppingToken);
        }
        catch (OperationCanceledException)
        {
            File.Delete(ControlSocket.PathOf(data));
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
                // Outermost loop of one conversation with a caller who is gone.
                Failed(log, error);
            }
        }
    }

    private async Task<ControlAnswer> RunAsync(ControlRequest? request, CancellationToken ct)
    {
        if (request is null || !ControlVerbs.All.TryGetValue(request.Verb, out var verb)) return ControlAnswer.WrongUse($"the running server knows no verb '{request?.Verb}'");
        try
        {
            await using var scope = services.CreateAsyncScope();
            return await verb.RunAsync(scope.ServiceProvider, request.Args, ct);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Outermost loop of one verb: the server outlives it, and the caller is told.
            Failed(log, error);
            return ControlAnswer.Failed(WorldFailure.Explain(error) is { } why ? $"the running server could not do it: {why}" : "the running server failed at it; its log says where");
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A command-line verb failed.")]
    private static partial void Failed(ILogger log, Exception error);
}
