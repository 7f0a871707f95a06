using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Exchange.Backfill;
using Qingyuan.Platform.Exchange.Deliveries;
using Qingyuan.Platform.Exchange.Forwarding;
using Qingyuan.Platform.Exchange.Importing;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Exchange;

internal sealed class ExchangeModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<TargetRow>(target =>
        {
            target.ToTable("forward_target");
            target.HasKey(row => row.Id);
            target.Property(row => row.Name).HasMaxLength(64);
            target.Property(row => row.Host).HasMaxLength(255);
            target.Property(row => row.CertificateSha256).HasMaxLength(64);
            target.Property(row => row.Version).IsConcurrencyToken();
            target.HasIndex(row => row.Name).IsUnique();
        });
        model.Entity<ForwardedStationRow>(station =>
        {
            station.ToTable("forward_station");
            station.HasKey(row => new { row.TargetId, row.StationNo });
            station.Property(row => row.TargetMn).HasMaxLength(64);
        });
        model.Entity<PositionRow>(position =>
        {
            position.ToTable("forward_position");
            position.HasKey(row => row.TargetId);
        });
        model.Entity<LaneRow>(lane =>
        {
            lane.ToTable("forward_lane");
            lane.HasKey(row => row.Id);
            lane.HasIndex(row => row.TargetId);
        });
        model.Entity<GapRow>(gap =>
        {
            gap.ToTable("data_gap");
            gap.HasKey(row => new { row.StationNo, row.Resolution, row.Start });
            gap.Property(row => row.Why).HasMaxLength(64);
            gap.HasIndex(row => row.FoundAt);
            gap.HasIndex(row => new { row.StationNo, row.State });
        });
        model.Entity<LookedThroughRow>(looked =>
        {
            looked.ToTable("data_looked_through");
            looked.HasKey(row => new { row.StationNo, row.Resolution });
        });
        model.Entity<ConsentRow>(consent =>
        {
            consent.ToTable("forward_consent");
            consent.HasKey(row => row.Id);
            consent.Property(row => row.FileName).HasMaxLength(255);
            consent.Property(row => row.Sha256).HasMaxLength(64);
            consent.HasIndex(row => row.TargetId);
        });
        ImportingModel.Build(model);
        DeliveryModel.Build(model);
    }
}
