using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Backup;

internal sealed class BackupModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<BackupRunRow>(run =>
        {
            run.ToTable("backup_run");
            run.HasKey(row => row.Id);
            run.HasIndex(row => row.At);
        });
        model.Entity<DrillRow>(drill =>
        {
            drill.ToTable("backup_drill");
            drill.HasKey(row => row.Id);
            drill.HasIndex(row => row.At);
        });
    }
}
