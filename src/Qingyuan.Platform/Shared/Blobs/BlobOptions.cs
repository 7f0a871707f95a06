using System.ComponentModel.DataAnnotations;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>Settings of the blob store, section <c>Blobs</c>. A bad one stops the process with its name.</summary>
public sealed class BlobOptions
{
    public const string Section = "Blobs";

    /// <summary>Nothing is kept that would leave less than this free: what loggers send goes before what people upload.</summary>
    [Range(0, long.MaxValue)]
    public long MinimumFreeBytes { get; set; } = 2L * 1024 * 1024 * 1024;

    /// <summary>As <see cref="MinimumFreeBytes"/>, in percent of the disk. The smaller one decides, so that small disks are usable.</summary>
    [Range(0, 50)]
    public int MinimumFreePercent { get; set; } = 5;

    /// <summary>How often every blob is read through.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "92.00:00:00")]
    public TimeSpan ScrubEvery { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Bytes a second that reading through moves at most; 0 for as fast as it goes.</summary>
    [Range(0, 1L << 40)]
    public long ScrubBytesPerSecond { get; set; } = 16L << 20;

    /// <summary>Bytes of a disk of <paramref name="total"/> that stay free.</summary>
    internal long Reserve(long total) => Math.Min(MinimumFreeBytes, total / 100 * MinimumFreePercent);
}
