using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.RemoteControl.Commands;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.RemoteControl.Wire;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Operations;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Automatic;

/// <summary>Authorisations as people give them and take them back. Each act is a ledger entry.</summary>
internal sealed class AuthorisationBook(IDatabase database, IElectronicLedger ledger, OperationFrames frames, IStationDirectory stations, TimeProvider clock) : IAuthorisations
{
    private const int LongestReason = 500;
    private const int MostTimes = 24;

    public async Task<IReadOnlyList<AuthorisationView>> ListAsync(int stationNo, CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.Set<AuthorisationRow>().Where(row => row.StationNo == stationNo).OrderByDescending(row => row.Id).ToListAsync(ct);
        var today = Today();
        var started = await db.Set<CommandRow>().Where(row => row.StationNo == stationNo && row.AuthorisationId != null && row.AskedAt >= today).GroupBy(row => row.AuthorisationId).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(ct);
        return [.. rows.Select(row => View(row, started.FirstOrDefault(each => each.Key == row.Id)?.Count ?? 0))];
    }

    public async Task<Result<AuthorisationView>> GiveAsync(AuthorisationDraft draft, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (actor.Role is not (OrderRoles.Dispatcher or OrderRoles.QcManager)) return new Refusal("command.not-yours", draft.Operation, actor.Role);
        if (stations.InUse(draft.StationNo) is not { } station) return stations.NotInUse(draft.StationNo, "command.station-unknown");
        if (Fault(draft, station) is { } fault) return fault;
        var now = clock.GetUtcNow();
        var row = new AuthorisationRow
        {
            Id = Guid.CreateVersion7(now), StationNo = draft.StationNo, Rule = draft.Rule, Operation = draft.Operation, Parameters = StoredTexts.Json(draft.Parameters), TimesPerDay = draft.TimesPerDay,
            From = draft.From, To = draft.To, ValidFrom = draft.ValidFrom, ValidTo = draft.ValidTo, DailyAt = draft.DailyAt, Reason = draft.Reason.Trim(), GivenBy = actor.Id, GivenAt = now,
        };
        return await database.WriteAsync<Result<AuthorisationView>>((db, _) =>
        {
            db.Add(row);
            Record(db, row, "om.authorisation.give", actor, now);
            return Task.FromResult<Result<AuthorisationView>>(View(row, 0));
        }, ct);
    }

    public Task<Result<AuthorisationView>> RevokeAsync(Guid id, Actor actor, CancellationToken ct) => database.WriteAsync<Result<AuthorisationView>>(async (db, token) =>
    {
        if (actor.Role is not (OrderRoles.Dispatcher or OrderRoles.QcManager)) return new Refusal("command.not-yours", "", actor.Role);
        if (await db.Set<AuthorisationRow>().SingleOrDefaultAsync(row => row.Id == id && row.RevokedAt == null, token) is not { } row) return new Refusal("authorisation.not-found");
        (row.RevokedBy, row.RevokedAt) = (actor.Id, clock.GetUtcNow());
        Record(db, row, "om.authorisation.revoke", actor, row.RevokedAt.Value);
        return View(row, 0);
    }, ct);

    private Refusal? Fault(AuthorisationDraft draft, StationInfo station)
    {
        if (OperationCatalogue.Find(draft.Operation) is not { } operation || !RequestCommand.Suits(operation, station)) return Invalid("operation", "an operation of this kind of station");
        if (!AutomaticStart.Suits(draft.Rule, operation)) return Invalid("rule", $"{AutomaticStart.ExceedanceRetention}|{AutomaticStart.ClockCorrection}|{AutomaticStart.Schedule}, fitting the operation");
        if (!frames.Frame(operation, station, draft.Parameters).TryGet(out _, out var noFrame)) return noFrame;
        if (draft.TimesPerDay is < 1 or > MostTimes) return Invalid("timesPerDay", $"1-{MostTimes}");
        if (draft.ValidTo <= draft.ValidFrom || draft.ValidTo - draft.ValidFrom > AutomaticStart.Longest) return Invalid("validTo", $"after validFrom, within {AutomaticStart.Longest.Days} days");
        if (draft.DailyAt is null == (draft.Rule == AutomaticStart.Schedule.ToString())) return Invalid("dailyAt", $"with {AutomaticStart.Schedule} only, and always there");
        return string.IsNullOrWhiteSpace(draft.Reason) || InputText.Fault(draft.Reason, LongestReason) is not null ? Invalid("reason", $"1-{LongestReason}") : null;
    }

    private DateTimeOffset Today() => StationClock.Instant(StationClock.Wall(clock.GetUtcNow()).Date);

    private static Refusal Invalid(string field, string expected) => new("authorisation.field-invalid", field, expected);

    private void Record(QingyuanDb db, AuthorisationRow row, string kind, Actor actor, DateTimeOffset at)
    {
        var body = Body(row);
        if (row.DailyAt is { } daily) body["dailyAt"] = daily.ToString("HH:mm", CultureInfo.InvariantCulture);
        ledger.Record(db, new(kind, "authorisation:" + row.Id, row.StationNo, null, actor, at, body));
    }

    private static JsonObject Body(AuthorisationRow row) => new()
    {
        ["rule"] = row.Rule, ["operation"] = row.Operation, ["timesPerDay"] = row.TimesPerDay.ToString(CultureInfo.InvariantCulture), ["hours"] = string.Create(CultureInfo.InvariantCulture, $"{row.From:HH:mm}-{row.To:HH:mm}"),
        ["validFrom"] = Wall(row.ValidFrom), ["validTo"] = Wall(row.ValidTo), ["reason"] = row.Reason,
        ["parameters"] = new JsonObject(StoredTexts.Read(row.Parameters).Select(each => KeyValuePair.Create<string, JsonNode?>(each.Key, each.Value))),
    };

    private static string Wall(DateTime wall) => wall.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static AuthorisationView View(AuthorisationRow row, int startedToday) => new(
        row.Id, row.StationNo, row.Rule, row.Operation, StoredTexts.Read(row.Parameters), row.TimesPerDay, row.From, row.To, row.ValidFrom, row.ValidTo, row.DailyAt, row.Reason, row.GivenBy, row.GivenAt, row.RevokedBy,
        row.RevokedAt, startedToday);
}
