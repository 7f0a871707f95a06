using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Postgres;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Backup.Taking;

/// <summary>Takes one backup: every file in blocks into the folder, the list of them last. A backup that was cut off leaves blocks that the next one uses, and no list.</summary>
internal sealed class BackupTaker(DataDirectory data, PersistenceOptions persistence, IColdTier cold, IMonthGuard months, SpareRoom room, IOptions<BackupOptions> options, TimeProvider clock)
{
    private const string Sqlite = "sqlite";
    private const string Postgres = "postgres";
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    /// <param name="folder">Where to.</param>
    /// <param name="kind">One by a person reads every file through.</param>
    /// <param name="key">What it is sealed with.</param>
    /// <param name="ct">Cuts it off.</param>
    /// <param name="isThorough">Reads every file through, whoever began it.</param>
    /// <exception cref="IOException">A disk failed; there is no new backup.</exception>
    public BackupInfo Take(string folder, BackupKind kind, VaultKey key, CancellationToken ct, bool isThorough = false)
    {
        MakeFolder(folder);
        using var held = Hold(folder);
        using var kept = AllMonths(ct);
        var takenAt = clock.GetUtcNow(); // what comes later may be in it, what came before is
        var vault = new BlockVault(folder, key, room.IsShared(folder) ? bytes => room.Require(folder, bytes) : null);
        var known = isThorough || kind is BackupKind.Manual ? KnownFiles.None(vault, takenAt) : KnownFiles.Of(folder, key, vault, takenAt);
        var pace = new Pace(options.Value.BytesPerSecond);
        var twice = new Pace(options.Value.BytesPerSecond * 2); // a database goes through our hands twice, each time at half the price
        var files = new List<BackedUpFile>();
        foreach (var file in InstallationFiles.Ledger(data)) AddPlain(vault, files, file, pace, ct);
        if (persistence.PostgresConnection is { } server) files.Add(BaseBackup.Read(server, vault, pace, ct));
        foreach (var file in InstallationFiles.Databases(data)) AddOnce(known, files, file, takenAt, () => files.Add(ReadDatabase(vault, file, twice, ct)));
        foreach (var file in InstallationFiles.Cold(cold.Folder)) AddOnce(known, files, file, takenAt, () => AddPlain(vault, files, file, pace, ct));
        foreach (var file in InstallationFiles.Others(data)) AddPlain(vault, files, file, pace, ct);
        var head = new ManifestHead(
            ManifestHead.Current, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), kind, takenAt, ProductVersion.Text, persistence.IsPostgres ? Postgres : Sqlite, key.Id, files.Count, files.Sum(file => file.Length), vault.Added);
        var path = new Manifest(head, files).Write(folder, key);
        return BackupList.InfoOf(path, head);
    }

    /// <summary>Takes over what the newest backup has of the file; reads it when something was written since or it is its turn.</summary>
    private void AddOnce(KnownFiles known, List<BackedUpFile> files, string file, DateTimeOffset takenAt, Action read)
    {
        var mark = known.MarkOf(file);
        if (known.Unchanged(NameOf(file), mark) is { } there)
        {
            files.Add(there);
            return;
        }

        var before = files.Count;
        read();
        if (files.Count > before) files[^1] = files[^1] with { Mark = mark, ReadAt = takenAt };
    }

    private BackedUpFile ReadDatabase(BlockVault vault, string file, Pace pace, CancellationToken ct)
    {
        var staging = Path.Combine(data.Root, "backup-staging");
        // What a kill left would be taken for the journal of the new copy.
        if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        Directory.CreateDirectory(staging);
        var copy = Path.Combine(staging, Path.GetFileName(file));
        try
        {
            // The whole of it before its first page, and each page again: frames arrive meanwhile.
            Action<long> require = room.IsShared(staging) ? bytes => room.Require(NameOf(file), bytes) : _ => { };
            require(LengthOf(file) + LengthOf(file + "-wal"));
            SqliteCopy.Make(file, copy, require, pace, ct);
            return ReadPlain(vault, copy, pace, ct) with { Path = NameOf(file), Rows = SqliteCopy.Rows(copy) };
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private static long LengthOf(string file) => new FileInfo(file) is { Exists: true } there ? there.Length : 0;

    private void AddPlain(BlockVault vault, List<BackedUpFile> files, string file, Pace pace, CancellationToken ct)
    {
        try
        {
            files.Add(ReadPlain(vault, file, pace, ct));
        }
        catch (FileNotFoundException)
        {
            // Rolled away between listing and reading.
        }
    }

    /// <summary>Reads to where the file ends now: one that grows is taken as far as it had come.</summary>
    private BackedUpFile ReadPlain(BlockVault vault, string file, Pace pace, CancellationToken ct)
    {
        using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (blocks, length, buffer) = (new List<Block>(), 0L, new byte[Math.Min(BlockVault.BlockBytes, Math.Max(1, source.Length))]);
        for (var left = source.Length; left > 0;)
        {
            ct.ThrowIfCancellationRequested();
            var read = source.ReadAtLeast(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)), (int)Math.Min(left, buffer.Length), throwOnEndOfStream: false);
            if (read == 0) break;
            sha256.AppendData(buffer.AsSpan(0, read));
            blocks.Add(vault.Put(buffer.AsSpan(0, read)));
            (left, length) = (left - read, length + read);
            pace.After(read, ct);
        }

        return new(NameOf(file), length, Convert.ToHexStringLower(sha256.GetHashAndReset()), blocks);
    }

    /// <summary>Cold files come back into the data directory, wherever they lie now.</summary>
    private string NameOf(string file) => Path.GetRelativePath(cold.Folder, file) is var name && !name.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(name)
        ? "telemetry/cold/" + name
        : Path.GetRelativePath(data.Root, file).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>No month leaves while a backup is taken: it would know of the deletion and not of what is gone, or the reverse.</summary>
    private IDisposable AllMonths(CancellationToken ct)
    {
        while (true)
        {
            if (months.TryEnter() is { } kept) return kept;
            ct.WaitHandle.WaitOne(Again);
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Makes the last part of the path only: where more is missing a disk is not mounted, and the backup would lie on the one it is for.</summary>
    private static void MakeFolder(string folder)
    {
        var above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if (above is not null && !Directory.Exists(above)) throw new DirectoryNotFoundException($"{above}: no such folder; is its disk mounted? Only the last part of {folder} is made");
        Directory.CreateDirectory(folder);
    }

    private static FileStream Hold(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (File.Exists(Path.Combine(folder, "lock")))
        {
            throw new IOException($"{folder} is in use by another backup", error);
        }
    }
}
