using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Retention.Cold;
using Qingyuan.Platform.Retention.Deleting;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Retention;

internal sealed class RetentionModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<RetentionRow>(rule =>
        {
            rule.ToTable("retention_rule");
            rule.HasKey(row => row.Class);
        });
        model.Entity<TierRow>(tier =>
        {
            tier.ToTable("retention_tier");
            tier.HasKey(row => row.Tier);
            tier.Property(row => row.Tier).HasMaxLength(16);
        });
        model.Entity<DeletionRow>(deletion =>
        {
            deletion.ToTable("retention_deletion");
            deletion.HasKey(row => row.Id);
            deletion.Ignore(row => row.MonthList);
            deletion.HasIndex(row => row.State);
        });
        model.Entity<HoldRow>(hold =>
        {
            hold.ToTable("retention_hold");
            hold.HasKey(row => row.Id);
            hold.HasIndex(row => row.Class);
        });
    }
}
