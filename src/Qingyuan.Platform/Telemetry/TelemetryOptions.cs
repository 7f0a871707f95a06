using System.ComponentModel.DataAnnotations;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry;

/// <summary>Settings of the slice, section <c>Telemetry</c>. A bad one stops the process with its name.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Where frames and values are kept. What lies in the other engine is not looked for.</summary>
    public StoreKind Store { get; set; }

    /// <summary>Bytes one of the two gathering buffers may grow to; when it is full, appending waits. 8 MiB is about 20,000 frames.</summary>
    [Range(64 * 1024, 256 * 1024 * 1024)]
    public int BufferBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Bytes after which a new batch row begins inside one commit, so that reading one frame never unpacks more than this.</summary>
    [Range(16 * 1024, 16 * 1024 * 1024)]
    public int BatchBytes { get; set; } = 1024 * 1024;

    /// <summary>Bytes of committed batches, packed, kept in memory for those who follow the log live. 16 MiB is a quarter of a million frames and more.</summary>
    [Range(0, 1L << 32)]
    public long RecentBytes { get; set; } = 16L * 1024 * 1024;

    /// <summary>zstd level of frame batches. 3 is where speed and size meet for bursts of 428-byte frames.</summary>
    [Range(1, 19)]
    public int ZstdLevel { get; set; } = 3;

    /// <summary>Nothing is stored, thus nothing acknowledged, while less than this is free.</summary>
    [Range(0, long.MaxValue)]
    public long MinimumFreeBytes { get; set; } = 2L * 1024 * 1024 * 1024;

    /// <summary>As <see cref="MinimumFreeBytes"/>, in percent of the disk. The larger of the two would refuse small disks, so the smaller one decides.</summary>
    [Range(0, 50)]
    public int MinimumFreePercent { get; set; } = 5;

    /// <summary>Bytes of a disk of <paramref name="total"/> that stay free.</summary>
    internal long Reserve(long total) => Math.Min(MinimumFreeBytes, total / 100 * MinimumFreePercent);

    /// <summary>Room that open chunks may take in memory before the oldest are written out early, in values of four to eight bytes; the row of a frame counts as eight of them.</summary>
    [Range(10_000, int.MaxValue)]
    public int OpenValues { get; set; } = 24_000_000;

    /// <summary>How often everything that is stored is read through.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "92.00:00:00")]
    public TimeSpan ScrubEvery { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Bytes a second that reading through moves at most; 0 for as fast as it goes.</summary>
    [Range(0, 1L << 40)]
    public long ScrubBytesPerSecond { get; set; } = 16L << 20;

    /// <summary>Where Parquet files of old months go; a folder that all nodes share. Null for <c>telemetry/cold</c> in the data directory.</summary>
    public string? ColdFolder { get; set; }

    /// <summary>Packed bytes of chunks, thus about bytes, after which a new cold file begins. As much is held in memory while one is written.</summary>
    [Range(1024, 1L << 30)]
    public long ColdFileBytes { get; set; } = 32L << 20;

    /// <summary>How long after its end a period still counts as open. Later frames re-open it, which is right but costs a read.</summary>
    [Range(0, 24 * 60)]
    public int CloseAfterMinutes { get; set; } = 5;
}
