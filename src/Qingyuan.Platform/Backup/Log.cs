using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Backup;

/// <summary>What the slice says to operators. Highest event id: 1509.</summary>
internal static partial class Log
{
    [LoggerMessage(1501, LogLevel.Warning, "New key {Id} for backups made at {Path}.")]
    public static partial void KeyMade(this ILogger log, string id, string path);

    [LoggerMessage(1502, LogLevel.Warning, "Key {Id} of backups copied to {Path}: keep it apart from the backups.")]
    public static partial void KeyCopied(this ILogger log, string id, string path);

    [LoggerMessage(1503, LogLevel.Error, "Key {Id} of backups could not be copied to {Path}: {Why}. Without a copy a backup dies with the data directory.")]
    public static partial void KeyNotCopied(this ILogger log, string id, string path, string why);

    [LoggerMessage(1504, LogLevel.Information, "Backup {Path}: {Files} files, {Bytes} bytes, {Added} bytes new in the folder.")]
    public static partial void Taken(this ILogger log, string path, int files, long bytes, long added);

    [LoggerMessage(1505, LogLevel.Error, "Backup to {Folder} failed: {Why}")]
    public static partial void NotTaken(this ILogger log, string folder, string why);

    [LoggerMessage(1506, LogLevel.Information, "Recovery drill of {Path}: ok {Ok}, {Seconds} s to serving.")]
    public static partial void Drilled(this ILogger log, string path, bool ok, string seconds);

    [LoggerMessage(1509, LogLevel.Error, "The recovery drill of {Path} could not be carried through.")]
    public static partial void DrillFailed(this ILogger log, string path, Exception error);

    [LoggerMessage(1508, LogLevel.Error, "That a backup failed could not be written down: {Why}")]
    public static partial void NotWrittenDown(this ILogger log, string why);
}
