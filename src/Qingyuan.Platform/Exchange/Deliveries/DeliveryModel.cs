using Microsoft.EntityFrameworkCore;

namespace Qingyuan.Platform.Exchange.Deliveries;

internal static class DeliveryModel
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<DeliveryRow>(delivery =>
        {
            delivery.ToTable("exchange_delivery");
            delivery.HasKey(row => row.Id);
            delivery.Property(row => row.Name).HasMaxLength(64);
            delivery.Property(row => row.Organisation).HasMaxLength(64);
            delivery.Property(row => row.Version).IsConcurrencyToken();
            delivery.HasIndex(row => row.Name).IsUnique();
        });
        model.Entity<DeliveryVersionRow>(version =>
        {
            version.ToTable("exchange_delivery_version");
            version.HasKey(row => new { row.DeliveryId, row.Version });
            version.Property(row => row.By).HasMaxLength(255);
        });
        model.Entity<DeliveryRunRow>(run =>
        {
            run.ToTable("exchange_delivery_run");
            run.HasKey(row => row.Id);
            run.Property(row => row.Sha256).HasMaxLength(64);
            run.Property(row => row.Digest).HasMaxLength(64);
            run.Property(row => row.FileName).HasMaxLength(255);
            run.Property(row => row.FetchedBy).HasMaxLength(255);
            // One file a period and revision, whoever prepares it.
            run.HasIndex(row => new { row.DeliveryId, row.From, row.Revision }).IsUnique();
            // What is open or in trouble among years of runs.
            run.HasIndex(row => new { row.State, row.Alarmed });
        });
    }
}
