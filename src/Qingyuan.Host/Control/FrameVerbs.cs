using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Ingest;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Host.Control;

/// <summary>Archives of raw frames from the command line. Without a running server only what storing needs is started; the twins take the frames when the platform next runs.</summary>
internal static class FrameVerbs
{
    public static async Task<ControlAnswer> ImportAsync(IServiceProvider services, JsonObject args, CancellationToken ct)
    {
        var file = SecurityVerbs.Text(args, "file") ?? "";
        if (!File.Exists(file)) return ControlAnswer.WrongUse($"{file}: no such file");
        var actor = Actor.Service("cli:" + SecurityVerbs.Text(args, "by"), services.GetRequiredService<Organisation>().Code);
        await using var archive = File.OpenRead(file);
        var alone = services.GetService<Alone>() is null ? [] : services.NeededForImport();
        foreach (var part in alone) await part.StartAsync(ct);
        try
        {
            var answer = await services.GetRequiredService<IFrameImport>().ImportAsync(archive, Path.GetFileName(file), actor, ct);
            return answer.TryGet(out var result, out var refusal) ? Told(result) : services.Refuse(refusal);
        }
        finally
        {
            foreach (var part in alone.AsEnumerable().Reverse()) await part.StopAsync(CancellationToken.None);
        }
    }

    private static ControlAnswer Told(FrameImportResult result)
    {
        var line = JsonSerializer.Serialize(
            new
            {
                import = result.Id, result.Sha256, lines = Text(result.Lines), imported = Text(result.Imported), earlier = Text(result.Earlier),
                refused = result.Refused.ToDictionary(pair => pair.Key, pair => Text(pair.Value)),
            },
            ApiJson.Options);
        if (result.Refused.Count is 0) return ControlAnswer.Done(line);
        var first = string.Join(", ", result.FirstRefused.Select(refused => $"line {Text(refused.Line)} {refused.Why}"));
        return new(Commands.Exit.No, [line], $"{Text(result.Lines - result.Imported)} of {Text(result.Lines)} lines were not stored: {first}");
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Present when a verb runs without a server, in a platform that was built and not started.</summary>
internal sealed class Alone;
