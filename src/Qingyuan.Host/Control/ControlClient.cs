using Qingyuan.Host.Commands;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Security;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Host.Control;

/// <summary>Runs a verb that writes: in the running server if there is one, else here under the directory's lock.</summary>
internal static class ControlClient
{
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> said, ControlRequest request, CancellationToken ct)
    {
        var answer = await ControlSocket.AskAsync(Settings.Directory(said), request, ct);
        if (answer is not null && said.ContainsKey(nameof(ServerSettings.Database))) await Terminal.Error.WriteLineAsync("qingyuan: the platform that runs here does it, in its own database; --db was not looked at");
        answer ??= await AloneAsync(said, request, ct);
        foreach (var line in answer.Lines) await Terminal.Out.WriteLineAsync(line);
        if (answer.Error is not null)
            foreach (var line in answer.Error.Split('\n')) await Terminal.Error.WriteLineAsync("qingyuan: " + line);
        return answer.Exit;
    }

    private static async Task<ControlAnswer> AloneAsync(IReadOnlyDictionary<string, string?> said, ControlRequest request, CancellationToken ct)
    {
        var data = Settings.Directory(said);
        var verb = ControlVerbs.All[request.Verb];
        if (!Directory.Exists(data.Root))
        {
            if (verb.OnlyCopies) throw new WrongUseException($"--data {data.Root}: no installation there"); // a mistyped name must not become an empty one that is backed up for ever
            await Terminal.Error.WriteLineAsync($"qingyuan: {data.Root} was not there: a new installation begins in it");
        }

        using var heldLock = DirectoryLock.Take(data);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Settings.Fill(builder.Configuration, data, said);
        var settings = Settings.Bind(builder.Configuration);
        DataPlace.Require(data, settings);
        builder.AddLogging(data);
        builder.Services.AddPlatform(builder.Configuration, data, settings).AddSingleton<Alone>();
        await using var lease = verb.OnlyCopies ? null : await LeaseAsync(settings, ct);

        // Built, never started: no listener opens, no job runs.
        await using var app = builder.Build();
        await app.Services.MigrateAsync(ct);
        DataPlace.Note(data, settings);
        if (!verb.OnlyCopies) await app.Services.RequireSecretsKeyAsync(ct); // what is sealed under another key nobody opens again
        await using var scope = app.Services.CreateAsyncScope();
        return await verb.RunAsync(scope.ServiceProvider, request.Args, ct);
    }

    /// <summary>A node that serves the same database would not hear of what is written beside it. A verb that has just ended may hold the lease for a moment, until the server has noticed.</summary>
    private static async Task<NodeLease?> LeaseAsync(ServerSettings settings, CancellationToken ct)
    {
        for (var tries = 1; settings.Database is { } database; tries++)
        {
            try
            {
                return await TakeAsync(settings, database, ct);
            }
            catch (WrongUseException) when (tries < 4)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, ct);
            }
        }

        return null;
    }

    private static Task<NodeLease> TakeAsync(ServerSettings settings, string database, CancellationToken ct) => NodeLease.TakeAsync(
        database, DatabaseAddress.NodeName(Environment.MachineName, Environment.ProcessId), settings.NodeSilence, () => [],
        () => throw new WrongUseException("another node serves this database: run the command there, with its --data"), ct);
}
