using Qingyuan.Platform.Backup.Vault;

namespace Qingyuan.Platform.Backup.Taking;

/// <summary>
/// Files of the newest backup in a folder whose blocks are used again unread: closed months, which are nearly all there is. Nothing was written to a file when it and its journal have the
/// lengths and times they had before it was copied: the engine changes one of the two with every commit. That a block is there is seen; that it is whole is proved by drills, which read every
/// block of the newest backup, and by reading each file through at least every four weeks, a quarter of them a week.
/// </summary>
internal sealed class KnownFiles
{
    public static readonly TimeSpan ReadEvery = TimeSpan.FromDays(28);

    // A file system may give two writes of one moment the same time: a file that young is read the next time too.
    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan NotTwice = TimeSpan.FromDays(6);

    private readonly BlockVault _vault;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, BackedUpFile> _files;

    private KnownFiles(BlockVault vault, DateTimeOffset now, IEnumerable<BackedUpFile> files) => (_vault, _now, _files) = (vault, now, files.ToDictionary(file => file.Path, StringComparer.Ordinal));

    /// <summary>Nothing: everything is read.</summary>
    public static KnownFiles None(BlockVault vault, DateTimeOffset now) => new(vault, now, []);

    /// <summary>Of the newest backup; nothing when there is none, or it cannot be read.</summary>
    public static KnownFiles Of(string folder, VaultKey key, BlockVault vault, DateTimeOffset now)
    {
        try
        {
            return BackupList.Of(folder) is [var newest, ..] ? new(vault, now, Manifest.Read(newest.Path, key).Files) : None(vault, now);
        }
        catch (VaultException)
        {
            return None(vault, now); // another key, or damaged
        }
    }

    /// <summary>To be taken before the file is read. Null when it was written just now.</summary>
    public FileMark? MarkOf(string path)
    {
        var (file, journal) = (new FileInfo(path), new FileInfo(path + "-wal"));
        var hasJournal = journal is { Exists: true, Length: > 0 };
        if (!file.Exists || IsYoung(file) || (hasJournal && IsYoung(journal))) return null;
        return new(file.Length, file.LastWriteTimeUtc.Ticks, hasJournal ? journal.Length : 0, hasJournal ? journal.LastWriteTimeUtc.Ticks : 0);
    }

    /// <summary>The file as the newest backup has it; null when it must be read.</summary>
    /// <param name="name">As the list calls it.</param>
    /// <param name="mark">Its mark now.</param>
    public BackedUpFile? Unchanged(string name, FileMark? mark) =>
        mark is not null && _files.TryGetValue(name, out var known) && known.Mark == mark && known.ReadAt is { } read && !IsDue(name, _now - read) && known.Blocks.All(_vault.Has) ? known : null;

    private bool IsYoung(FileInfo file) => file.LastWriteTimeUtc > _now.UtcDateTime - Settled;

    /// <summary>Names of neighbouring months fall into different weeks, so that no backup has to read all of them.</summary>
    private bool IsDue(string name, TimeSpan age)
    {
        var turns = ReadEvery / Week;
        return age >= ReadEvery || age < TimeSpan.Zero || (age >= NotTwice && (_now.UtcTicks / Week.Ticks) % (int)turns == name.Sum(letter => letter) % (int)turns);
    }
}
