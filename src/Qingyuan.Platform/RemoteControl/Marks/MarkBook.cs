using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.RemoteControl.Marks;

/// <summary>Marks as people see and set them. Each act is a ledger entry.</summary>
internal sealed class MarkBook(IDatabase database, IElectronicLedger ledger, IStationDirectory stations, TimeProvider clock) : IDataMarks
{
    private const int LongestNote = 500;
    private static readonly string[] Letters = ["C", "M", "D"];

    public async Task<IReadOnlyList<DataMarkView>> ListAsync(int stationNo, DateTime from, DateTime to, CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.Set<MarkRow>().Where(row => row.StationNo == stationNo && row.From < to && (row.To == null || row.To > from)).OrderBy(row => row.From).ToListAsync(ct);
        return [.. rows.Select(row => row.ToView())];
    }

    public async Task<Result<DataMarkView>> SetAsync(int stationNo, IReadOnlyList<string> factors, string mark, DateTime from, DateTime? to, string note, Actor actor, CancellationToken ct)
    {
        if (stations.Get(stationNo) is not { } station) return new Refusal("command.station-unknown");
        if (factors.Count is 0 || factors.FirstOrDefault(code => station.Factors.All(factor => factor.Code != code)) is not null) return new Refusal("mark.field-invalid", "factors", string.Join('|', station.Factors.Select(factor => factor.Code)));
        if (!Letters.Contains(mark)) return new Refusal("mark.field-invalid", "mark", string.Join('|', Letters));
        if (to <= from) return new Refusal("mark.field-invalid", "to", "after from");
        if (Missing(note) is { } missing) return missing;
        return await database.WriteAsync<Result<DataMarkView>>((db, _) =>
        {
            var row = new MarkRow
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), StationNo = stationNo, Factors = string.Join(',', factors.Distinct()), Mark = mark, From = from, To = to, Source = MarkSource.Manual,
                ActorId = actor.Id, Note = note.Trim(),
            };
            db.Add(row);
            Record(db, row, "om.mark.set", actor, note);
            return Task.FromResult<Result<DataMarkView>>(row.ToView());
        }, ct);
    }

    public Task<Result<DataMarkView>> EndAsync(int stationNo, Guid id, DateTime to, string note, Actor actor, CancellationToken ct) => database.WriteAsync<Result<DataMarkView>>(async (db, token) =>
    {
        if (await db.Set<MarkRow>().SingleOrDefaultAsync(row => row.Id == id && row.StationNo == stationNo, token) is not { } row) return new Refusal("mark.not-found");
        if (to <= row.From) return new Refusal("mark.field-invalid", "to", "after from");
        if (Missing(note) is { } missing) return missing;
        row.To = to;
        Record(db, row, "om.mark.end", actor, note);
        return row.ToView();
    }, ct);

    private static Refusal? Missing(string note) => string.IsNullOrWhiteSpace(note) ? new("mark.note-missing", "note") : note.Length > LongestNote ? new("mark.field-invalid", "note", $"1-{LongestNote}") : null;

    private void Record(QingyuanDb db, MarkRow row, string kind, Actor actor, string note)
    {
        var body = new JsonObject { ["mark"] = row.Mark, ["factors"] = row.Factors, ["from"] = Wall(row.From), ["source"] = row.Source is MarkSource.Manual ? "manual" : "automatic", ["note"] = note.Trim() };
        if (row.To is { } to) body["to"] = Wall(to);
        if (row.CommandId is { } command) body["command"] = command.ToString();
        ledger.Record(db, new(kind, "mark:" + row.Id, row.StationNo, null, actor, clock.GetUtcNow(), body));
    }

    private static string Wall(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
