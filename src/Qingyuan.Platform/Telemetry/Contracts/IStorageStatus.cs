namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>How much room frames and values take, and for how long it lasts.</summary>
/// <param name="Engine"><c>files</c> or <c>postgresql</c>.</param>
/// <param name="Bytes">Taken by frames, values and results.</param>
/// <param name="BytesPerDay">Growth: what this month took so far by its days, or the month before while this one is young; null with less than a day of data.</param>
/// <param name="Free">Free on the disk of the data directory; null when the store is a server's.</param>
/// <param name="Reserve">Below this nothing is stored any more, so that people can still sign in and make room.</param>
/// <param name="DaysLeft">Until only the reserve is left; null when unknown.</param>
/// <param name="OpenChunks">Chunks in memory.</param>
public sealed record StorageStatus(string Engine, long Bytes, long? BytesPerDay, long? Free, long? Reserve, double? DaysLeft, int OpenChunks);

public interface IStorageStatus
{
    Task<StorageStatus> NowAsync(CancellationToken ct);

    /// <summary>Bytes that others may still take of the disk of the frames before nothing is stored any more; below zero when it is so by now, null when the store is a server's. Cheap.</summary>
    long? Spare();
}
