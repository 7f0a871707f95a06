using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Evidence.Contracts;

/// <summary>Adds records to the electronic ledger (电子台账) inside the act's own transaction.</summary>
public interface IElectronicLedger
{
    /// <summary>Adds the entry and its outbox row to <paramref name="db"/>; the caller saves, so act and evidence are atomic.</summary>
    /// <returns>The id of the ledger entry (UUIDv7).</returns>
    /// <exception cref="ArgumentException">The body cannot be canonical (a number, a null) or the whole is too long (about 64 KB). Texts never are a reason: see the slice's README.</exception>
    Guid Record(QingyuanDb db, LedgerEntryDraft draft);

    /// <summary>True when the very same record stands in the ledger: kind, station, device, time and body. For acts that a restart does again.</summary>
    Task<bool> HasAsync(QingyuanDb db, LedgerEntryDraft draft, CancellationToken ct);
}
