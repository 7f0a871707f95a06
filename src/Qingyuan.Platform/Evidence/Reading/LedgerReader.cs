using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Evidence.Reading;

/// <summary>Lists records from the database; verifies and exports from the log's files alone.</summary>
internal sealed class LedgerReader(IDatabase database, ILogDisk disk) : ILedgerReader
{
    public const int LargestPage = 500;
    private readonly LogReader _log = new(disk);

    public async Task<Page<LedgerEntryView>> ListAsync(LedgerQuery query, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var db = database.Read();
        var rows = Filtered(db.Set<LedgerEntryRow>(), query);
        var limit = Math.Clamp(query.Limit, 1, LargestPage);
        var found = await Joined(db, rows.OrderByDescending(row => row.Id).Take(limit + 1)).ToListAsync(ct);
        var page = found.Take(limit).Select(View).ToList();
        return new(page, found.Count > limit ? page[^1].Id.ToString() : null);
    }

    public async Task<LedgerEntryView?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = database.Read();
        return await Joined(db, db.Set<LedgerEntryRow>().Where(row => row.Id == id)).SingleOrDefaultAsync(ct) is { } found
            ? View(found) with { Prev = found.Position is { } position ? PrevOf(position.LogIndex) : null }
            : null;
    }

    public async Task<EntryVerification> VerifyAsync(Guid id, CancellationToken ct)
    {
        await using var db = database.Read();
        var found = await Joined(db, db.Set<LedgerEntryRow>().Where(row => row.Id == id)).SingleOrDefaultAsync(ct);
        if (found?.Position is not { } position) return new(false, [(CheckNames.Bytes, false, "not logged")]);
        if (Evidence(position.LogIndex) is not { } evidence) return new(false, [(CheckNames.Bytes, false, "log files missing or malformed")]);
        var checks = evidence.Verify().Select(check => (check.Name, check.Ok, check.Detail)).ToList();
        var (same, why) = RecordComparison.Compare(found.Entry, evidence.Envelope);
        checks.Add((RecordComparison.Name, same, why));
        return new(checks.TrueForAll(check => check.Ok), checks);
    }

    public async Task<byte[]?> BundleAsync(Guid id, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<LedgerPosition>().SingleOrDefaultAsync(row => row.EntryId == id, ct) is { } position ? ProofBundle.Create(_log, position.LogIndex) : null;
    }

    // Read where it is sealed, and not from a copy: null when the file cannot be read, which a verification then says.
    private string? PrevOf(long index)
    {
        try
        {
            return _log.Checkpoint(HashSuite.Sha256) is { } newest && _log.Envelope(index, newest.Checkpoint.Size) is { } bytes
                && Envelope.TryRead(bytes, out var envelope) && LogEntry.TryRead(envelope!.Entry.Span, out var entry) is EntryFault.None
                ? entry!.Prev.ToBase64()
                : null;
        }
        catch (LogException)
        {
            return null;
        }
    }

    private EntryEvidence? Evidence(long index)
    {
        try
        {
            if (_log.Keys() is not { } keys || _log.Proof(HashSuite.Sha256, index) is not { } std || _log.Proof(HashSuite.Sm3, index) is not { } sm) return null;
            if (_log.Checkpoint(HashSuite.Sha256) is not { } newest || _log.Envelope(index, newest.Checkpoint.Size) is not { } envelope) return null;
            return WitnessPolicy.TryParse(WitnessPolicy.SingleParty(keys.Logs), out var policy) ? new(envelope, std, sm, keys, policy!) : null;
        }
        catch (LogException)
        {
            return null; // a tile is gone: the answer is "not verified", not a crash
        }
    }

    private static IQueryable<LedgerEntryRow> Filtered(IQueryable<LedgerEntryRow> rows, LedgerQuery query)
    {
        if (query.Scope is { } scope) rows = rows.Where(row => row.StationNo != null && scope.Contains(row.StationNo.Value));
        if (query.Subject is { } subject) rows = rows.Where(row => row.Subject == subject);
        if (query.KindPrefix is { Length: > 0 } prefix) rows = rows.Where(row => row.Kind == prefix || row.Kind.StartsWith(prefix));
        if (query.StationNo is { } station) rows = rows.Where(row => row.StationNo == station);
        if (query.From is { } from) rows = rows.Where(row => row.At >= from);
        if (query.To is { } to) rows = rows.Where(row => row.At < to);
        return Guid.TryParse(query.After, out var after) ? rows.Where(row => row.Id < after) : rows;
    }

    private static IQueryable<Found> Joined(QingyuanDb db, IQueryable<LedgerEntryRow> rows) => rows
        .GroupJoin(db.Set<LedgerPosition>(), entry => entry.Id, position => position.EntryId, (entry, positions) => new { entry, positions })
        .SelectMany(pair => pair.positions.DefaultIfEmpty(), (pair, position) => new Found { Entry = pair.entry, Position = position })
        .OrderByDescending(found => found.Entry.Id);

    private static LedgerEntryView View(Found found)
    {
        var (entry, position) = (found.Entry, found.Position);
        return new(
            entry.Id, entry.Kind, entry.Subject, entry.StationNo, entry.Device,
            new Actor(entry.ActorId, entry.ActorRole, entry.ActorOrganisation, entry.ActorAuthentication), entry.At, entry.RecordedAt,
            (JsonObject)JsonNode.Parse(entry.Body)!, position?.State ?? EvidenceState.Received, position?.LoggedAt, position?.LogIndex, position?.LeafSha256, position?.Seq);
    }

    private sealed class Found
    {
        public required LedgerEntryRow Entry { get; init; }

        public LedgerPosition? Position { get; init; }
    }
}
