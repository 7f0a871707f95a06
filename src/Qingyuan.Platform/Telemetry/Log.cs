using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Telemetry;

/// <summary>Messages of the slice; the highest event id used is 3020.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Critical, "Frames cannot be stored, nothing is acknowledged: {Trouble}")]
    public static partial void StoringFailed(ILogger logger, string trouble, Exception error);

    [LoggerMessage(3002, LogLevel.Warning, "Storing frames works again")]
    public static partial void StoringWorksAgain(ILogger logger);

    [LoggerMessage(3003, LogLevel.Critical, "Stored frames are damaged and left as they are: {What}")]
    public static partial void Damaged(ILogger logger, string what);

    [LoggerMessage(3004, LogLevel.Error, "The frame index could not be written; it is kept in memory and tried again")]
    public static partial void IndexNotWritten(ILogger logger, Exception error);

    [LoggerMessage(3005, LogLevel.Error, "The frame index stopped and begins again in a moment")]
    public static partial void IndexStopped(ILogger logger, Exception error);

    [LoggerMessage(3006, LogLevel.Warning, "Frames stay in files in {Folder}, where those of an earlier release are; Telemetry:Store = Database begins anew in PostgreSQL")]
    public static partial void StaysInFiles(ILogger logger, string folder);

    [LoggerMessage(3007, LogLevel.Information, "Read through the store: {Batches} batches, {Chunks} chunks, {Repaired} repaired, {Left} damaged")]
    public static partial void Scrubbed(ILogger logger, long batches, long chunks, int repaired, int left);

    [LoggerMessage(3009, LogLevel.Warning, "Chunk {Chunk} was damaged and is made anew from {Frames} frames")]
    public static partial void ChunkRepaired(ILogger logger, string chunk, int frames);

    [LoggerMessage(3010, LogLevel.Information, "Wrote {File}: {Values} values, {Bytes} bytes")]
    public static partial void ColdWritten(ILogger logger, string file, long values, long bytes);

    [LoggerMessage(3011, LogLevel.Information, "Month {Month} is cold now")]
    public static partial void Moved(ILogger logger, string month);

    [LoggerMessage(3012, LogLevel.Warning, "Month {Month} stays in the database for now: {Why}")]
    public static partial void StaysHot(ILogger logger, string month, string why);

    [LoggerMessage(3014, LogLevel.Warning, "Cold part {Part} was damaged and its values are made anew from {Frames} frames")]
    public static partial void ColdRepaired(ILogger logger, string part, int frames);

    [LoggerMessage(3015, LogLevel.Error, "{What} is damaged and could not be made anew; it is tried again")]
    public static partial void MendingFailed(ILogger logger, string what, Exception error);

    [LoggerMessage(3020, LogLevel.Warning, "{Batches} batches whose commit had failed are stored after all, up to {Last}; nobody was told so, and they count")]
    public static partial void StoredAfterAll(ILogger logger, int batches, long last);
}
