using Microsoft.AspNetCore.Connections;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Ingest;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Nodes;

namespace Qingyuan.Host.Relaying;

/// <summary>A node that waits answers at its own addresses all the same: it brings each connection to the node that serves.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    private readonly WebApplication _app;
    private readonly RelayTransport _transport;

    private Relay(WebApplication app, RelayTransport transport) => (_app, _transport) = (app, transport);

    /// <param name="listeners">Opened here first; with the ports they got they are opened again when this node serves.</param>
    /// <param name="platform">Knows the database and the wrapping key; nothing of it runs.</param>
    /// <param name="data">Takes the log.</param>
    /// <param name="node">Name of this node.</param>
    /// <param name="dead">Silos that the nodes found dead: to the node of one of them nothing is brought any more.</param>
    public static async Task<Relay> StartAsync(Listeners listeners, IServiceProvider platform, DataDirectory data, string node, Func<IReadOnlyList<string>> dead)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.AddLogging(data, "relay-.log");
        builder.Services
            .AddSingleton(platform.GetRequiredService<TimeProvider>()).AddSingleton(platform.GetRequiredService<ServingNodes>()).AddSingleton(platform.GetRequiredService<ISecretProtector>())
            .AddSingleton(dead).AddHostedService<DeadPeerWatch>()
            .AddSingleton<ServingLine>().AddSingleton<RelayTransport>().AddSingleton<IConnectionListenerFactory>(services => services.GetRequiredService<RelayTransport>()).AddHj212Gates();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            var serving = kestrel.ApplicationServices.GetRequiredService<ServingLine>();
            listeners.Relay(kestrel, (connection, line, isPlain) => RelayedConnection.RunAsync(connection, node, line, isPlain, serving));
        });
        var app = builder.Build();
        var isStarted = false;
        try
        {
            await app.StartAsync();
            listeners.Keep();
            isStarted = true;
            return new(app, app.Services.GetRequiredService<RelayTransport>());
        }
        finally
        {
            if (!isStarted) await app.DisposeAsync();
        }
    }

    /// <summary>The log of this node while it waits.</summary>
    public ILoggerFactory Logs => _app.Services.GetRequiredService<ILoggerFactory>();

    /// <summary>Keeps the serving node's files here as well, until it is disposed.</summary>
    public CopyLoop Copies(INodeCopies copies, string node, TimeSpan every) =>
        new(_app.Services.GetRequiredService<ServingLine>(), copies, node, every, _app.Services.GetRequiredService<TimeProvider>(), _app.Services.GetRequiredService<ILogger<CopyLoop>>());

    /// <summary>Frees the ports for this node itself. Connections that are open stay, and are brought to whoever serves.</summary>
    public Task ReleasePortsAsync() => _transport.UnbindAsync();

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(LastWords);
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }
}
