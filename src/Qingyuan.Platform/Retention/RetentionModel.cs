using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Retention;

internal sealed class RetentionModel : IModelPart
{
    public void Build(ModelBuilder model) => model.Entity<RetentionRow>(rule =>
    {
        rule.ToTable("retention_rule");
        rule.HasKey(row => row.Class);
    });
}
