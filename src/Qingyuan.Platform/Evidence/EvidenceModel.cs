using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Evidence;

/// <summary>The slice's tables. The truth is in the log files; these are the business record, the outbox and an index.</summary>
internal sealed class EvidenceModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<LedgerEntryRow>(entry =>
        {
            entry.ToTable("ledger_entry");
            entry.HasKey(row => row.Id);
            entry.HasIndex(row => new { row.Subject, row.Id });
            entry.HasIndex(row => new { row.StationNo, row.Id });
            entry.HasIndex(row => row.At);
            entry.Property(row => row.Kind).HasMaxLength(128);
        });
        model.Entity<EvidenceOutboxRow>(outbox =>
        {
            outbox.ToTable("evidence_outbox");
            outbox.HasKey(row => row.Ordinal);
            outbox.Property(row => row.Ordinal).ValueGeneratedOnAdd();
            outbox.HasIndex(row => row.EntryId).IsUnique();
        });
        model.Entity<LedgerPosition>(position =>
        {
            position.ToTable("ledger_position");
            position.HasKey(row => row.EntryId);
            position.HasIndex(row => row.LogIndex).IsUnique();
        });
        model.Entity<StationDigestRow>(digest =>
        {
            digest.ToTable("frame_digest");
            digest.HasKey(row => new { row.Hour, row.StationNo });
        });
        model.Entity<DigestHourRow>(hour =>
        {
            hour.ToTable("frame_digest_hour");
            hour.HasKey(row => row.Hour);
        });
    }
}
