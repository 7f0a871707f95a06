using System.Text.Json;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Backup;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Host.Control;

/// <summary>Backups from the command line, and the successor of a restored evidence log.</summary>
internal static class BackupVerbs
{
    public static async Task<ControlAnswer> CreateAsync(IServiceProvider services, JsonObject args, CancellationToken ct)
    {
        var created = await services.GetRequiredService<IBackups>().CreateAsync(SecurityVerbs.Text(args, "to"), BackupKind.Manual, SecurityVerbs.Caller(services), ct);
        return created.TryGet(out var info, out var refusal) ? ControlAnswer.Done(info.Path) : Refuse(services, refusal);
    }

    public static async Task<ControlAnswer> DrillAsync(IServiceProvider services, JsonObject args, CancellationToken ct)
    {
        var drilled = await services.GetRequiredService<IBackups>().DrillAsync(SecurityVerbs.Text(args, "to"), SecurityVerbs.Caller(services), ct);
        if (!drilled.TryGet(out var report, out var refusal)) return Refuse(services, refusal);
        var line = JsonSerializer.Serialize(BackupEndpoints.Json(report), ApiJson.Options);
        return report.Ok ? ControlAnswer.Done(line) : new(Commands.Exit.No, [line], string.Join("; ", report.Findings));
    }

    public static async Task<ControlAnswer> SucceedAsync(IServiceProvider services, JsonObject args, CancellationToken ct)
    {
        var succeeded = await services.GetRequiredService<IRestoredLedger>().SucceedAsync(SecurityVerbs.Text(args, "reason"), SecurityVerbs.Caller(services), ct);
        return succeeded.TryGet(out var succession, out var refusal)
            ? ControlAnswer.Done($"{succession.Origin} goes on from {succession.Size} entries of {succession.Predecessor ?? "a log that was never signed"}")
            : services.Refuse(refusal);
    }

    /// <summary>What the world failed is told as that.</summary>
    public static ControlAnswer Refuse(IServiceProvider services, Refusal refusal)
    {
        var answer = services.Refuse(refusal);
        return refusal.Code is "backup.failed" or "backup.no-room" ? answer with { Exit = Commands.Exit.WorldFailed } : answer;
    }
}
