using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Tables of imports.</summary>
internal static class ImportingModel
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<ImportRow>(import =>
        {
            import.ToTable("data_import");
            import.HasKey(row => row.No);
            import.Property(row => row.FileName).HasMaxLength(255);
            import.Property(row => row.Sha256).HasMaxLength(64);
            import.Property(row => row.LiveKey).HasMaxLength(100);
            import.HasIndex(row => row.Id).IsUnique();
            import.HasIndex(row => row.LiveKey).IsUnique();
        });
        model.Entity<ImportFileRow>(file =>
        {
            file.ToTable("data_import_file");
            file.HasKey(row => row.Sha256);
            file.Property(row => row.Sha256).HasMaxLength(64);
        });
        model.Entity<ImportNoteRow>(note =>
        {
            note.ToTable("data_import_note");
            note.HasKey(row => new { row.ImportNo, row.Seq });
            note.Property(row => row.Column).HasMaxLength(32);
            note.Property(row => row.Code).HasMaxLength(64);
        });
        model.Entity<LaboratoryRow>(row =>
        {
            Imported(row, "laboratory_result");
            row.Property(each => each.Method).HasMaxLength(ColumnTexts.Longest);
            row.Property(each => each.Laboratory).HasMaxLength(ColumnTexts.Longest);
            row.Property(each => each.SampleNumber).HasMaxLength(ColumnTexts.Longest);
            row.Property(each => each.Remark).HasMaxLength(ColumnTexts.LongestRemark);
        });
        model.Entity<HistoryRow>(row =>
        {
            Imported(row, "imported_value");
            row.Property(each => each.Flag).HasMaxLength(8);
        });
    }

    private static void Imported<T>(EntityTypeBuilder<T> row, string table)
        where T : ImportedRow
    {
        row.ToTable(table);
        row.HasKey(each => new { each.ImportNo, each.Row });
        row.Ignore(each => each.PeriodOrNone);
        row.Property(each => each.Factor).HasMaxLength(16);
        row.Property(each => each.Value).HasMaxLength(ValueText.Longest);
        row.Property(each => each.Unit).HasMaxLength(64);
        row.HasIndex(each => new { each.StationNo, each.Factor, each.At });
    }
}
