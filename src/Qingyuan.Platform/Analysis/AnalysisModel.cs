using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Analysis.Views;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Analysis;

internal sealed class AnalysisModel : IModelPart
{
    public void Build(ModelBuilder model) => model.Entity<ViewRow>(view =>
    {
        view.ToTable("analysis_view");
        view.HasKey(row => row.Id);
        view.Property(row => row.Name).HasMaxLength(ViewBook.LongestName);
        view.HasIndex(row => new { row.OwnerId, row.Name }).IsUnique();
    });
}
