using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Backup.Moving;

/// <inheritdoc/>
internal sealed class InstallationMove(IInstallations installations, TimeProvider clock) : IInstallationMove
{
    private static readonly string[] Kinds = ["*.db-wal", "*.db-shm", "*.db"];

    public async Task<Result<MoveReport>> RunAsync(string directory, string database, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var data = new DataDirectory(directory);
        if (File.Exists(data.Moved)) return new Refusal("move.done-before", data.Root);
        PutBack(data); // of a move that was cut off
        if (!File.Exists(data.Database)) return new Refusal("move.nothing", data.Root);
        if (!await IsEmptyAsync(database, ct)) return new Refusal("move.not-empty");
        var (rows, telemetry) = await CopyAsync(data, database, ct);
        PutAside(data);
        var (entries, findings) = await CheckAsync(data, database, rows, telemetry, actor, ct);
        if (findings is [var first, ..])
        {
            PutBack(data);
            return new Refusal("move.differs", first);
        }

        await File.WriteAllTextAsync(data.Moved, clock.GetUtcNow().ToOffset(StationClock.Offset).ToString("O", CultureInfo.InvariantCulture), ct);
        return new MoveReport(rows.Count, rows.Values.Sum(), telemetry.Batches, telemetry.Frames, telemetry.Chunks, telemetry.Results, entries, data.BeforeMove);
    }

    private async Task<(IReadOnlyDictionary<string, long> Rows, TelemetryCopied Telemetry)> CopyAsync(DataDirectory data, string database, CancellationToken ct)
    {
        await using var from = await installations.OpenAsync(data.Root, null, ct);
        await using var to = await installations.OpenAsync(data.Root, database, ct);
        await using var source = from.Services.GetRequiredService<Database>().Open();
        await using var target = to.Services.GetRequiredService<Database>().Open();
        var rows = await RelationalCopy.RunAsync(source, target, ct);
        return (rows, await from.Services.GetRequiredService<ITelemetryCopy>().IntoAsync(database, ct));
    }

    /// <summary>The copy as a server would open it: every batch and chunk by its hash, every record by the evidence log.</summary>
    private async Task<(long Entries, IReadOnlyList<string> Findings)> CheckAsync(DataDirectory data, string database, IReadOnlyDictionary<string, long> rows, TelemetryCopied telemetry, Actor actor, CancellationToken ct)
    {
        await using var moved = await installations.OpenAsync(data.Root, database, ct);
        var report = await moved.Services.GetRequiredService<ITelemetryAudit>().RunAsync(ct);
        var ledger = await moved.Services.GetRequiredService<ILedgerAudit>().RunAsync(ct);
        var findings = report.Findings.Select(finding => $"{finding.Check} {finding.Where}: {finding.Detail}").ToList();
        if (ledger.Origin is not null) findings.AddRange(ledger.Findings.Select(finding => $"ledger {finding.Check}: {finding.Detail}"));
        if (report.Frames != telemetry.Frames || report.Batches != telemetry.Batches) findings.Add($"{report.Frames} frames in {report.Batches} batches found, {telemetry.Frames} in {telemetry.Batches} copied");
        if (findings.Count is 0) await RecordAsync(moved.Services, rows, telemetry, actor, ct);
        return (ledger.Size, findings);
    }

    private Task<bool> RecordAsync(IServiceProvider services, IReadOnlyDictionary<string, long> rows, TelemetryCopied telemetry, Actor actor, CancellationToken ct)
    {
        var ledger = services.GetRequiredService<IElectronicLedger>();
        var body = new JsonObject { ["rows"] = Text(rows.Values.Sum()), ["batches"] = Text(telemetry.Batches), ["frames"] = Text(telemetry.Frames), ["chunks"] = Text(telemetry.Chunks), ["results"] = Text(telemetry.Results) };
        return services.GetRequiredService<IDatabase>().WriteAsync(
            (db, _) =>
            {
                ledger.Record(db, new("installation.moved", null, null, null, actor, clock.GetUtcNow(), body));
                return Task.FromResult(true);
            },
            ct);
    }

    /// <summary>No table of anybody's: what is there would be mixed with what comes.</summary>
    private static async Task<bool> IsEmptyAsync(string database, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(DatabaseAddress.Primary(database));
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SELECT NOT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema'))", connection);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static void PutAside(DataDirectory data)
    {
        // The database last: without it nothing says that there is an installation here.
        foreach (var file in Held(data.Telemetry).Concat(Held(data.Root))) Rename(file, Path.Combine(data.BeforeMove, Path.GetRelativePath(data.Root, file)));
    }

    private static void PutBack(DataDirectory data)
    {
        if (!Directory.Exists(data.BeforeMove)) return;
        foreach (var file in Directory.EnumerateFiles(data.BeforeMove, "*", SearchOption.AllDirectories).ToList()) Rename(file, Path.Combine(data.Root, Path.GetRelativePath(data.BeforeMove, file)));
        Directory.Delete(data.BeforeMove, recursive: true);
    }

    /// <summary>Databases of that folder with their journals, those first.</summary>
    private static List<string> Held(string folder) => [.. Kinds.SelectMany(kind => Directory.EnumerateFiles(folder, kind))];

    private static void Rename(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(from, to);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
