using Qingyuan.Host.Serving;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Host.Control;

/// <summary>Runs a verb that writes: in the running server if there is one, else here under the directory's lock.</summary>
internal static class ControlClient
{
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> said, ControlRequest request, CancellationToken ct)
    {
        var answer = await ControlSocket.AskAsync(Settings.Directory(said), request, ct) ?? await AloneAsync(said, request, ct);
        foreach (var line in answer.Lines) await Terminal.Out.WriteLineAsync(line);
        if (answer.Error is not null)
            foreach (var line in answer.Error.Split('\n')) await Terminal.Error.WriteLineAsync("qingyuan: " + line);
        return answer.Exit;
    }

    private static async Task<ControlAnswer> AloneAsync(IReadOnlyDictionary<string, string?> said, ControlRequest request, CancellationToken ct)
    {
        var data = Settings.Directory(said);
        using var heldLock = DirectoryLock.Take(data);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Settings.Fill(builder.Configuration, data, said);
        builder.AddLogging(data);
        builder.Services.AddPlatform(builder.Configuration, data, Settings.Bind(builder.Configuration)).AddSingleton<Alone>();

        // Built, never started: no listener opens, no job runs.
        await using var app = builder.Build();
        await app.Services.MigrateAsync(ct);
        await using var scope = app.Services.CreateAsyncScope();
        return await ControlVerbs.All[request.Verb](scope.ServiceProvider, request.Args, ct);
    }
}
