using System.Text;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Ledger.Canonical;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Evidence.Logging;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Evidence.Recording;

/// <summary>Writes the record and its outbox row in the caller's transaction; the log writer takes it from there.</summary>
internal sealed class ElectronicLedger(ILedgerPlaces places, Organisation organisation, TimeProvider clock, OutboxBell bell) : IElectronicLedger
{
    public Guid Record(QingyuanDb db, LedgerEntryDraft draft)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(draft);
        var body = Canonical(draft);
        var entry = new LedgerEntryRow
        {
            Id = RisingId.Next(),
            Kind = draft.Kind,
            Subject = Shown(draft.Subject),
            StationNo = draft.StationNo,
            Site = draft.StationNo is { } number ? places.Of(number)?.Site ?? NumberedPlaces.SiteOf(number) : LogEntries.PlatformSite,
            Device = Shown(draft.Device),
            ActorId = BodyText.Normalised(draft.Actor.Id),
            ActorRole = draft.Actor.Role,
            ActorOrganisation = draft.Actor.Organisation is { Length: > 0 } code ? BodyText.Normalised(code) : organisation.Code,
            ActorAuthentication = draft.Actor.Authentication,
            At = draft.At,
            RecordedAt = clock.GetUtcNow(),
            Body = body,
        };
        LogEntries.RequireSealable(entry);
        db.Add(entry);
        db.Add(new EvidenceOutboxRow { EntryId = entry.Id });
        db.AfterCommit(bell.Ring);
        return entry.Id;
    }

    public Task<bool> HasAsync(QingyuanDb db, LedgerEntryDraft draft, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(draft);
        var (body, device) = (Canonical(draft), Shown(draft.Device));
        return db.Set<LedgerEntryRow>().AnyAsync(
            row => row.At == draft.At && row.StationNo == draft.StationNo && row.Kind == draft.Kind && row.Device == device && row.Body == body, ct);
    }

    private static string Canonical(LedgerEntryDraft draft) => Encoding.UTF8.GetString(CanonicalJson.Write(BodyText.Normalised(draft.Body)));

    private static string? Shown(string? text) => text is null ? null : BodyText.Normalised(text);
}
