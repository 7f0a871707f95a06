using Qingyuan.Host.Control;
using Qingyuan.Platform.Security;
using Qingyuan.Platform.Security.FirstAccounts;
using Qingyuan.Platform.Shared;
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
        DataPlace.Require(data, settings);
        var listeners = new Listeners(settings);
        await using var place = new NodePlace(configuration, data, settings, listeners);
        // A node of a cluster opens its addresses while it waits; another only when it serves, and until then the serving one may have them.
        if (settings.Cluster is not null) listeners.RequireFree();
        if (!await place.TakeAsync()) return Commands.Exit.Done;
        if (settings.Cluster is null) listeners.RequireFree();
        await using var server = await StartAsync(place.Named(said), place, listeners, place.Add);
        await place.AnnounceAsync(server.Services);
        foreach (var account in server.FirstAccounts) await Terminal.Out.WriteLineAsync($"first-sign-in {account.Name} {account.Password}");
        // Also at later starts: the one that made them may have ended before it showed them.
        if (File.Exists(data.FirstSignIn)) await Terminal.Out.WriteLineAsync($"passwords for first sign-ins are in {data.FirstSignIn} until they are used");
        await Terminal.Out.WriteLineAsync(server.Listeners.Ready());
        return await server.UntilStoppedAsync(place.Lease);
    }

    /// <summary>Returns when all listeners are open.</summary>
    /// <param name="said">Settings that stand above environment and file.</param>
    /// <param name="configure">Tests exchange the clock here.</param>
    public static Task<Server> StartAsync(IReadOnlyDictionary<string, string?> said, Action<IServiceCollection>? configure = null) => StartAsync(said, null, null, configure);

    private static async Task<Server> StartAsync(IReadOnlyDictionary<string, string?> said, NodePlace? place, Listeners? opened, Action<IServiceCollection>? configure)
    {
        var data = Settings.Directory(said);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(Server).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        Settings.Fill(builder.Configuration, data, said);
        var settings = Settings.Bind(builder.Configuration);
        DataPlace.Require(data, settings);
        var listeners = opened ?? new Listeners(settings);
        var heldLock = opened is null ? DirectoryLock.Take(data) : null; // else its place has it
        Server? server = null;
        try
        {
            if (opened is null) listeners.RequireFree();
            builder.AddLogging(data);
            builder.Services.AddPlatform(builder.Configuration, data, settings).AddObservability(settings).AddHostedService<ControlServer>();
            builder.WebHost.UseStaticWebAssets(); // straight from a build as well as published
            builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(listeners.Apply);
            configure?.Invoke(builder.Services);
            var (app, first) = await StartAsync(builder.Build(), data, settings, place);
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
        (Exception? death, string? lost) = (null, null);
        _ = lease?.Lost.Task.ContinueWith(_ => _app.Lifetime.StopApplication(), TaskScheduler.Default);
        using var stopping = _app.Lifetime.ApplicationStopping.Register(() => (death, lost) = (DeathOfAService(), lease is { Lost.Task: { IsCompletedSuccessfully: true } reason } ? reason.Result : null));
        await StoppedAsync(_app.WaitForShutdownAsync());
        if (lost is not null)
        {
            await Terminal.Error.WriteLineAsync($"The server stopped by itself: {lost}.");
            return Commands.Exit.WorldFailed;
        }

        if (death is null) return Commands.Exit.Done;
        await Terminal.Error.WriteLineAsync($"The server stopped by itself: {death.Message}");
        return Commands.Exit.WorldFailed;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StoppedAsync(_app.StopAsync());
        }
        finally
        {
            await _app.DisposeAsync();
            _lock?.Dispose();
        }
    }

    /// <summary>What has not ended when the host's patience is over, mostly because database or network are away, ends with the process: nothing acknowledged depends on it.</summary>
    private static async Task StoppedAsync(Task stopping)
    {
        try
        {
            await stopping;
        }
        catch (Exception error) when (IsImpatience(error))
        {
            await Terminal.Error.WriteLineAsync("The server stopped before all its services had ended.");
        }
    }

    private static bool IsImpatience(Exception error) => error is OperationCanceledException || (error is AggregateException all && all.InnerExceptions.All(IsImpatience));

    // Asked before the services are told to stop: what has failed by then failed by itself.
    private AggregateException? DeathOfAService() => _app.Services.GetServices<IHostedService>().OfType<BackgroundService>()
        .Select(service => service.ExecuteTask?.Exception).FirstOrDefault(error => error is not null);

    private static async Task<(WebApplication App, IReadOnlyList<FirstAccount> First)> StartAsync(WebApplication app, DataDirectory data, ServerSettings settings, NodePlace? place)
    {
        var started = false;
        try
        {
            // The database and the routes need nothing of each other, and each takes half a second.
            var first = Task.Run(() => PrepareAsync(app.Services, data, settings));
            await Task.WhenAll(first, Task.Run(() => Map(app, settings)));
            if (place is not null) await place.JoinAsync(app.Services);
            await app.StartAsync();
            started = true;
            return (app, await first);
        }
        finally
        {
            if (!started) await app.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyList<FirstAccount>> PrepareAsync(IServiceProvider services, DataDirectory data, ServerSettings settings)
    {
        await services.MigrateAsync(CancellationToken.None);
        DataPlace.Note(data, settings);
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
