using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>A blob that some row refers to. Written with the first such row, never deleted.</summary>
internal sealed class BlobRow
{
    public required string Sha256 { get; init; }

    public long Length { get; init; }

    public DateTimeOffset KeptAt { get; init; }

    public required string MediaType { get; init; }

    /// <summary>What it was first kept for.</summary>
    public required string Purpose { get; init; }
}

/// <summary>The last walk through all blobs, one row.</summary>
internal sealed class BlobPassRow
{
    public const int Only = 1;

    public int Id { get; init; } = Only;

    /// <summary>Machine and folder: another node has files of its own.</summary>
    public required string Place { get; set; }

    public DateTimeOffset At { get; set; }

    public double Seconds { get; set; }

    public long Blobs { get; set; }

    public long Bytes { get; set; }

    public int Repaired { get; set; }

    public int Removed { get; set; }

    public int Damaged { get; set; }

    /// <summary>The first of them, one a line.</summary>
    public required string Findings { get; set; }
}

internal sealed class BlobModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<BlobRow>(blob =>
        {
            blob.ToTable("blob");
            blob.HasKey(row => row.Sha256);
            blob.Property(row => row.Sha256).HasMaxLength(64);
            blob.Property(row => row.MediaType).HasMaxLength(128);
            blob.Property(row => row.Purpose).HasMaxLength(64);
        });
        model.Entity<BlobPassRow>(pass =>
        {
            pass.ToTable("blob_pass");
            pass.HasKey(row => row.Id);
            pass.Property(row => row.Id).ValueGeneratedNever();
            pass.Property(row => row.Place).HasMaxLength(1024);
        });
    }
}
