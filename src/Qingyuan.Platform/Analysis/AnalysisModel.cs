using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Analysis.Sql;
using Qingyuan.Platform.Analysis.Sql.History;
using Qingyuan.Platform.Analysis.Views;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Analysis;

internal sealed class AnalysisModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<ViewRow>(view =>
        {
            view.ToTable("analysis_view");
            view.HasKey(row => row.Id);
            view.Property(row => row.Name).HasMaxLength(ViewBook.LongestName);
            view.HasIndex(row => new { row.OwnerId, row.Name }).IsUnique();
        });
        model.Entity<SqlRunRow>(run =>
        {
            run.ToTable("analysis_sql_run");
            run.HasKey(row => row.Id);
            run.Property(row => row.Sql).HasMaxLength(SqlWorkbench.LongestSql);
            run.HasIndex(row => new { row.OwnerId, row.Id });
        });
    }
}
