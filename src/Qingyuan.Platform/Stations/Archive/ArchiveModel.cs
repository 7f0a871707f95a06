using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Stations.Archive;

internal sealed class ArchiveModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<StationRow>(station =>
        {
            station.ToTable("station").HasKey(row => row.StationNo);
            station.Property(row => row.StationNo).ValueGeneratedOnAdd();
            station.HasIndex(row => row.Id).IsUnique();
            station.HasIndex(row => row.ImportId).HasFilter("\"ImportId\" IS NOT NULL");
            Json(station.Property(row => row.AllowedNetworks));
            Json(station.Property(row => row.Factors));
        });
        model.Entity<StationImportRow>(import => import.ToTable("station_import").HasKey(row => row.Id));
        model.Entity<StationKeyRow>(key =>
        {
            key.ToTable("station_key").HasKey(row => row.Id);
            key.HasOne<StationRow>().WithMany().HasForeignKey(row => row.StationNo).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<StationMnRow>(mn =>
        {
            mn.ToTable("station_mn").HasKey(row => row.Id);
            mn.HasOne<StationRow>().WithMany().HasForeignKey(row => row.StationNo).OnDelete(DeleteBehavior.Restrict);
            // Two acts at once on one station's validity: the second looks again.
            mn.Property(row => row.Until).IsConcurrencyToken();
            mn.HasIndex(row => row.Mn).IsUnique().HasFilter("\"Until\" IS NULL");
            mn.HasIndex(row => row.StationNo).IsUnique().HasFilter("\"Until\" IS NULL");
            // Periods that are over are looked for too, once for each station of a table.
            mn.HasIndex(row => new { row.Mn, row.Until });
            mn.HasIndex(row => new { row.StationNo, row.Until });
        });
    }

    // Lists are read and written whole with their station, so they are one column of JSON text on both engines.
    private static void Json<T>(Microsoft.EntityFrameworkCore.Metadata.Builders.PropertyBuilder<List<T>> property) => property.HasConversion(
        new ValueConverter<List<T>, string>(list => JsonSerializer.Serialize(list, JsonSerializerOptions.Web), text => JsonSerializer.Deserialize<List<T>>(text, JsonSerializerOptions.Web)!),
        new ValueComparer<List<T>>((one, other) => one!.SequenceEqual(other!), list => list.Count, list => list.ToList()));
}
