using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Export;
using Qingyuan.Platform.Analysis.Sql.Answers;
using Qingyuan.Platform.Analysis.Sql.DataSets;
using Qingyuan.Platform.Analysis.Sql.History;
using Qingyuan.Platform.Analysis.Sql.Running;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Sql;

/// <summary>Prepares data sets, has statements run one at a time for each person, keeps their answers.</summary>
internal sealed class SqlWorkbench(
    DataSetWriter writer, WorkbenchRun runs, Shelf shelf, HistoryBook history, IStationDirectory stations, IOptions<SqlOptions> options, TimeProvider clock, ILogger<SqlWorkbench> log) : ISqlWorkbench, IDisposable
{
    public const int LongestSql = 8_000;

    /// <summary>So long files of a period that still goes on are taken for another statement: people ask one after the other.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, bool> _busy = [];
    private readonly SemaphoreSlim _turns = new(options.Value.AtOnce);

    public IReadOnlyList<SqlView> Views => SqlViews.All;

    public async Task<Result<SqlDataSet>> PrepareAsync(AnalysisText question, bool fresh, ICurrentActor person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        var seen = stations.Filed.Where(station => person.StationScope?.Contains(station.StationNo) is not false);
        if (!SqlQuestion.Understand(question, clock.GetUtcNow(), seen).TryGet(out var asked, out var wrong)) return wrong;
        if (!fresh && shelf.Find(asked.Text, person) is { } kept && IsOfUse(kept.Set, asked)) return kept.Set;
        if (!_busy.TryAdd(person.Actor.Id, true)) return new Refusal("sql.busy");
        try
        {
            return await WriteAsync(asked, person, ct);
        }
        finally
        {
            _busy.TryRemove(person.Actor.Id, out _);
        }
    }

    public async Task<Result<SqlAnswer>> RunAsync(Guid dataSet, string sql, ICurrentActor person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (string.IsNullOrWhiteSpace(sql)) return new Refusal("sql.statement-missing", "sql");
        if (sql.Length > LongestSql) return new Refusal("sql.statement-invalid", "sql", LongestSql);
        if (!shelf.TryGet(dataSet, person, out ShelvedSet? set)) return new Refusal("sql.no-such-data-set");
        if (!_busy.TryAdd(person.Actor.Id, true)) return new Refusal("sql.busy");
        try
        {
            if (!await _turns.WaitAsync(options.Value.Longest, ct)) return new Refusal("sql.busy");
            try
            {
                return await RunAsync(set, sql, person.Actor, ct);
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            _busy.TryRemove(person.Actor.Id, out _);
        }
    }

    public async Task<Result<SqlFile>> ExportAsync(Guid answer, string format, ICurrentActor person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (RowExport.Kind(format) is not var (type, ending)) return new FieldFault("format", Faults.OneOf("csv", "xlsx", "parquet"));
        if (!shelf.TryGet(answer, person, out ShelvedAnswer? found)) return new Refusal("sql.no-such-answer");
        log.SqlExported(person.Actor.Id, answer, ending);
        return new SqlFile(await AnswerExport.WriteAsync(found, ending, ct), type, $"qingyuan-sql-{answer:N}.{ending}");
    }

    public Task<IReadOnlyList<SqlRun>> HistoryAsync(ICurrentActor person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        return history.ListAsync(person.Actor.Id, ct);
    }

    public void Dispose() => _turns.Dispose();

    // What was measured after the files were written is not in them.
    private bool IsOfUse(SqlDataSet set, SqlQuestion asked) => StationClock.Instant(asked.Queries[0].To) <= set.PreparedAt || clock.GetUtcNow() - set.PreparedAt <= Recent;

    private async Task<Result<SqlDataSet>> WriteAsync(SqlQuestion asked, ICurrentActor person, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var folder = shelf.PlaceFor(person.Actor, id);
        Directory.CreateDirectory(folder);
        var written = false;
        try
        {
            if (!(await writer.WriteAsync(asked, folder, person.StationScope, ct)).TryGet(out var told, out var refusal)) return refusal;
            var now = clock.GetUtcNow();
            var set = new SqlDataSet(id, asked.Text, told.Stations.Count, told.Values, told.Unreadable, now, now + options.Value.Kept);
            shelf.Put(new ShelvedSet(set, person.Actor.Id, folder, told.Stations));
            log.SqlPrepared(person.Actor.Id, asked.Text, set.Stations, set.Values);
            written = true;
            return set;
        }
        finally
        {
            if (!written) Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<Result<SqlAnswer>> RunAsync(ShelvedSet set, string sql, Actor actor, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var (file, began, kept) = (shelf.PlaceFor(actor, id), clock.GetTimestamp(), false);
        try
        {
            Result<Told> told;
            await using (var rows = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 << 10, FileOptions.Asynchronous)) told = await runs.AskAsync(set.Folder, sql, rows, ct);
            kept = told.TryGet(out var answer, out var refusal);
            var milliseconds = kept ? answer!.Done.Milliseconds : (long)clock.GetElapsedTime(began).TotalMilliseconds;
            await RecordAsync(set, sql, actor, refusal?.Code ?? "done", answer?.Done.Rows ?? 0, milliseconds);
            if (refusal is not null) return refusal;
            shelf.Put(new ShelvedAnswer(id, actor.Id, file, answer!.Columns, set.Stations, clock.GetUtcNow() + options.Value.Kept));
            return new SqlAnswer(id, answer.Columns, answer.First, answer.Done.Rows, answer.Done.Cut, milliseconds) { Shortened = answer.Shortened, PreparedAt = set.Set.PreparedAt };
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await RecordAsync(set, sql, actor, "sql.left", 0, (long)clock.GetElapsedTime(began).TotalMilliseconds);
            throw;
        }
        finally
        {
            if (!kept) File.Delete(file);
        }
    }

    // Also of statements that were refused, and of answers whose reader has left.
    private Task RecordAsync(ShelvedSet set, string sql, Actor actor, string outcome, long rows, long milliseconds)
    {
        log.SqlRan(actor.Id, set.Set.Query, sql.ReplaceLineEndings(" "), outcome, rows, milliseconds);
        return history.AddAsync(new() { OwnerId = actor.Id, At = clock.GetUtcNow(), Sql = sql, Query = set.Set.Query, Outcome = outcome, Rows = rows, Milliseconds = milliseconds }, CancellationToken.None);
    }
}
