using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Backup;

public static class BackupEndpoints
{
    private const int Listed = 100;

    public sealed record BackupJson(string Id, string Path, string Kind, DateTimeOffset TakenAt, string Version, string KeyId, int Files, long Bytes, long Added);

    public sealed record DrillJson(
        Guid Id, DateTimeOffset At, string Backup, double RtoSeconds, double RpoSeconds, long FramesChecked, long ChunksChecked, int ProofsChecked, int DigestsChecked, bool Ok, IReadOnlyList<string> Findings);

    public static void Map(IEndpointRouteBuilder api)
    {
        var backups = api.MapGroup("/backups").WithTags("backup").RequireAuthorization(Policies.ManageSystem);
        backups.MapGet("/", List).WithSummary("Backups in the folder of the settings, newest first");
        backups.MapPost("/", CreateAsync).WithSummary("Take a backup now; answers when it is written");
        var drills = api.MapGroup("/drills").WithTags("backup").RequireAuthorization(Policies.ManageSystem);
        drills.MapGet("/", DrillsAsync).WithSummary("Recovery drills, newest first");
        drills.MapPost("/", DrillAsync).WithSummary("Restore the newest backup into a scratch installation and check it");
    }

    public static DrillJson Json(DrillReport drill) => new(
        drill.Id, drill.At.ToOffset(StationClock.Offset), drill.Backup, drill.RtoSeconds, drill.RpoSeconds, drill.FramesChecked, drill.ChunksChecked, drill.ProofsChecked, drill.DigestsChecked, drill.Ok, drill.Findings);

    public static BackupJson Json(BackupInfo info) => new(
        info.Id, info.Path, Alarms.Contracts.AlarmTexts.Code(info.Kind), info.TakenAt.ToOffset(StationClock.Offset), info.Version, info.KeyId, info.Files, info.Bytes, info.Added);

    /// <summary>As the list of the API tells them; needs no installation.</summary>
    public static IEnumerable<BackupJson> ListIn(string folder) => BackupList.Of(folder).Select(Json);

    private static Ok<IReadOnlyList<BackupJson>> List(IBackups backups) => TypedResults.Ok<IReadOnlyList<BackupJson>>([.. backups.List(null).Select(Json)]);

    private static async Task<Results<Ok<BackupJson>, ProblemHttpResult>> CreateAsync(IBackups backups, ICurrentActor current, CancellationToken ct) =>
        (await backups.CreateAsync(null, BackupKind.Manual, current.Actor, ct)).TryGet(out var info, out var refusal) ? TypedResults.Ok(Json(info)) : Problems.From(refusal);

    private static async Task<Ok<IReadOnlyList<DrillJson>>> DrillsAsync(IBackups backups, CancellationToken ct) =>
        TypedResults.Ok<IReadOnlyList<DrillJson>>([.. (await backups.DrillsAsync(Listed, ct)).Select(Json)]);

    private static async Task<Results<Ok<DrillJson>, ProblemHttpResult>> DrillAsync(IBackups backups, ICurrentActor current, CancellationToken ct) =>
        (await backups.DrillAsync(null, current.Actor, ct)).TryGet(out var drill, out var refusal)
            ? TypedResults.Ok(Json(drill with { Findings = [.. drill.Findings.Select(finding => BackupTexts.Finding(finding))] }))
            : Problems.From(refusal);
}
