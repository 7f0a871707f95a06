using Qingyuan.Host.Control;
using Qingyuan.Platform.Security;
using Qingyuan.Platform.Security.FirstAccounts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Host.Serving;

/// <summary>The running platform: built, brought up to date, opened, and closed in order.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly DirectoryLock? _lock;
    private readonly WebApplication _app;

    private Server(DirectoryLock? heldLock, WebApplication app, Listeners listeners, IReadOnlyList<FirstAccount> first) =>
        (_lock, _app, Listeners, FirstAccounts) = (heldLock, app, listeners, first);

    public Listeners Listeners { get; }

    /// <summary>Accounts this start made, with their one-time passwords; empty on every later start.</summary>
    public IReadOnlyList<FirstAccount> FirstAccounts { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Serves until a signal comes; before that waits for the right to.</summary>
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> said)
    {
        var data = Settings.Directory(said);
        var configuration = new ConfigurationManager();
        Settings.Fill(configuration, data, said);
        var settings = Settings.Bind(configuration);
        var listeners = new Listeners(settings);
        await using var place = new NodePlace(configuration, data, settings, listeners);
        if (!await place.TakeAsync()) return Commands.Exit.Done;
        await using var server = await StartAsync(said, listeners, services => services.AddHostedService(_ => new PortsRelease(place)));
        await place.AnnounceAsync(server.Services);
        foreach (var account in server.FirstAccounts) await Terminal.Out.WriteLineAsync($"first-sign-in {account.Name} {account.Password}");
        await Terminal.Out.WriteLineAsync(server.Listeners.Ready());
        return await server.UntilStoppedAsync(place.Lease);
    }

    /// <summary>Returns when all listeners are open.</summary>
    /// <param name="said">Settings that stand above environment and file.</param>
    /// <param name="configure">Tests exchange the clock here.</param>
    public static Task<Server> StartAsync(IReadOnlyDictionary<string, string?> said, Action<IServiceCollection>? configure = null) => StartAsync(said, null, configure);

    private static async Task<Server> StartAsync(IReadOnlyDictionary<string, string?> said, Listeners? opened, Action<IServiceCollection>? configure)
    {
        var data = Settings.Directory(said);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(Server).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        Settings.Fill(builder.Configuration, data, said);
        var settings = Settings.Bind(builder.Configuration);
        var listeners = opened ?? new Listeners(settings);
        var heldLock = opened is null ? DirectoryLock.Take(data) : null; // else its place has it
        Server? server = null;
        try
        {
            builder.AddLogging(data);
            builder.Services.AddPlatform(builder.Configuration, data, settings).AddObservability().AddHostedService<ControlServer>();
            builder.WebHost.UseStaticWebAssets(); // straight from a build as well as published
            builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(listeners.Apply);
            configure?.Invoke(builder.Services);
            var (app, first) = await StartAsync(builder.Build(), settings);
            return server = new Server(heldLock, app, listeners, first);
        }
        finally
        {
            if (server is null) heldLock?.Dispose();
        }
    }

    /// <summary>Waits for a signal. The host also stops by itself when a service of it dies; then the exit code must say so, or nobody restarts it.</summary>
    public async Task<int> UntilStoppedAsync(NodeLease? lease = null)
    {
        Exception? death = null;
        _ = lease?.Lost.Task.ContinueWith(_ => _app.Lifetime.StopApplication(), TaskScheduler.Default);
        using var stopping = _app.Lifetime.ApplicationStopping.Register(() => death = DeathOfAService());
        await _app.WaitForShutdownAsync();
        if (lease?.Lost.Task.IsCompleted is true)
        {
            await Terminal.Error.WriteLineAsync("The server stopped by itself: another node serves this database now.");
            return Commands.Exit.WorldFailed;
        }

        if (death is null) return Commands.Exit.Done;
        await Terminal.Error.WriteLineAsync($"The server stopped by itself: {death.Message}");
        return Commands.Exit.WorldFailed;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _lock?.Dispose();
    }

    // Asked before the services are told to stop: what has failed by then failed by itself.
    private AggregateException? DeathOfAService() => _app.Services.GetServices<IHostedService>().OfType<BackgroundService>()
        .Select(service => service.ExecuteTask?.Exception).FirstOrDefault(error => error is not null);

    private static async Task<(WebApplication App, IReadOnlyList<FirstAccount> First)> StartAsync(WebApplication app, ServerSettings settings)
    {
        var started = false;
        try
        {
            // The database and the routes need nothing of each other, and each takes half a second.
            var first = Task.Run(() => PrepareAsync(app.Services, settings));
            await Task.WhenAll(first, Task.Run(() => Map(app, settings)));
            await app.StartAsync();
            started = true;
            return (app, await first);
        }
        finally
        {
            if (!started) await app.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyList<FirstAccount>> PrepareAsync(IServiceProvider services, ServerSettings settings)
    {
        await services.MigrateAsync(CancellationToken.None);
        await services.RequireSecretsKeyAsync(CancellationToken.None);
        return await services.PrepareSecurityAsync(settings.Sample, CancellationToken.None);
    }

    private static void Map(WebApplication app, ServerSettings settings)
    {
        if (settings.BehindProxy) app.UseForwardedHeaders(TrustedProxy.Options());
        app.UsePlatform();
        app.MapPlatform();
        // Routes are built when first asked for: here, not in the first request's time.
        foreach (var source in ((IEndpointRouteBuilder)app).DataSources) _ = source.Endpoints.Count;
    }
}
