using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Alarms.Handling;
using Qingyuan.Platform.Alarms.Raising;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Alarms;

/// <summary>The slice's door: lists and finds here, acts in their own classes.</summary>
internal sealed class AlarmDesk(IDatabase database, SignalHandler signals, HandleAlarm handling) : IAlarmDesk
{
    private const int LargestPage = 500;

    public Task HandleAsync(AlarmSignal signal, CancellationToken ct) => signals.HandleAsync(signal, ct);

    public async Task<Page<AlarmView>> ListAsync(AlarmQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var db = database.Read();
        var rows = db.Set<AlarmRow>().AsQueryable();
        if (scope is not null) rows = rows.Where(row => scope.Contains(row.Station)); // the platform's own alarms are for those who see everything
        if (query.StationNo is { } station) rows = rows.Where(row => row.Station == station);
        if (query.OpenOnly) rows = rows.Where(row => row.ClearedAt == null);
        if (query.Kind is { } kind) rows = rows.Where(row => row.Kind == kind);
        rows = Within(rows, query.From, query.To);
        if (Guid.TryParse(query.After, out var after)) rows = rows.Where(row => row.Id < after);
        var limit = Math.Clamp(query.Limit, 1, LargestPage);
        var found = await rows.OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(ct);
        var page = found.Take(limit).Select(row => row.ToView()).ToList();
        return new(page, found.Count > limit ? page[^1].Id.ToString() : null);
    }

    public async Task<AlarmView?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = database.Read();
        return (await db.Set<AlarmRow>().SingleOrDefaultAsync(row => row.Id == id, ct))?.ToView();
    }

    public Task<Result<AlarmView>> AcknowledgeAsync(Guid id, string? note, Actor actor, CancellationToken ct) => handling.AcknowledgeAsync(id, note, actor, ct);

    public Task<Result<AlarmView>> ShelveAsync(Guid id, TimeSpan duration, string reason, Actor actor, CancellationToken ct) => handling.ShelveAsync(id, duration, reason, actor, ct);

    public Task<Result<AlarmView>> ClearAsync(Guid id, string reason, Actor actor, CancellationToken ct) => handling.ClearAsync(id, reason, actor, ct);

    /// <summary>Those that touch the period. One that a person cleared has no end of its cause: it counts until then.</summary>
    private static IQueryable<AlarmRow> Within(IQueryable<AlarmRow> rows, DateTime? from, DateTime? to)
    {
        if (to is { } end) rows = rows.Where(row => row.Since < end);
        if (from is not { } start) return rows;
        var instant = StationClock.Instant(start);
        return rows.Where(row => row.Until >= start || (row.Until == null && (row.ClearedAt == null || row.ClearedAt >= instant)));
    }
}
