using Npgsql;
using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Backup.Restoring;

/// <summary>A database that was recovered by its own means, held against the evidence log of a backup: entries name the records they seal, and those were in the database before they were sealed.</summary>
internal static class RecoveredDatabase
{
    /// <summary>Reads only.</summary>
    /// <param name="connection">Connection string of the database.</param>
    /// <param name="log">Folder of the backup's evidence log.</param>
    /// <param name="ct">Stops the look.</param>
    /// <returns>Null when it belongs to the backup. Else <c>backup.database-absent</c>, <c>backup.database-other</c>, <c>backup.database-older</c> (database).</returns>
    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    public static async Task<Refusal?> DoubtAsync(string connection, string log, CancellationToken ct)
    {
        var address = new NpgsqlConnectionStringBuilder(DatabaseAddress.Primary(connection)) { Pooling = false };
        var name = address.Database ?? address.Username ?? "";
        await using var session = new NpgsqlConnection(address.ToString());
        try
        {
            await session.OpenAsync(ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InvalidCatalogName)
        {
            return new Refusal("backup.database-absent", name);
        }

        var (first, last) = SealedRecords(log);
        if (!await HasLedgerAsync(session, ct) || !await HasAsync(session, first, ct)) return new Refusal("backup.database-other", name);
        return await HasAsync(session, last, ct) ? null : new Refusal("backup.database-older", name);
    }

    /// <summary>The first and the last record that an entry seals; none in a log that has not begun.</summary>
    private static (Guid? First, Guid? Last) SealedRecords(string log)
    {
        Guid? first = null, last = null;
        foreach (var (_, bytes) in new LogReader(new PhysicalDisk(log)).Envelopes(0))
        {
            if (RecordOf(bytes) is not { } record) continue;
            first ??= record;
            last = record;
        }

        return (first, last);
    }

    private static Guid? RecordOf(ReadOnlyMemory<byte> bytes) =>
        Envelope.TryRead(bytes, out var envelope) && LogEntry.TryRead(envelope!.Entry.Span, out var entry) is EntryFault.None && Guid.TryParse((string?)entry!.Ref?["entry"], out var id) ? id : null;

    private static async Task<bool> HasLedgerAsync(NpgsqlConnection session, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('ledger_entry') IS NOT NULL", session);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task<bool> HasAsync(NpgsqlConnection session, Guid? record, CancellationToken ct)
    {
        if (record is not { } id) return true;
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT 1 FROM ledger_entry WHERE \"Id\" = $1)", session);
        command.Parameters.AddWithValue(id);
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
