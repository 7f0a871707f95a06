using System.Security.Cryptography;
using Qingyuan.Ledger.Storage;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>Blobs as files of a folder. Written aside, flushed, renamed, and the folder flushed: a file under its name is whole.</summary>
/// <remarks>When a file was last kept is its time of writing, set by the platform's clock; copies on other nodes have the same.</remarks>
internal sealed class FolderBlobStore(BlobPaths paths, BlobDisk disk, BlobOptions options, TimeProvider clock) : IBlobStore, IBlobUpkeep
{
    private readonly BlobWriter _writer = new(disk);

    // Between seeing that a file is old and deleting it nobody may take it for kept.
    private readonly Lock _names = new();

    public async Task<KeptBlob?> KeepAsync(Stream content, long atMost, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        RequireSpace(content.CanSeek ? content.Length - content.Position : 0);
        var temporary = paths.Temporary();
        try
        {
            var kept = await _writer.WriteAsync(temporary, content, atMost, ct);
            if (kept is not null) BlobWriter.World(() => Name(temporary, paths.Of(kept.Sha256)));
            return kept;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public async Task<Stream?> OpenAsync(string sha256, CancellationToken ct)
    {
        if (Find(sha256) is not { } file) return null;
        var isWhole = false;
        try
        {
            isWhole = await IsWholeAsync(file, sha256, Pace.Full, ct);
            file.Position = 0;
            return isWhole ? file : throw BlobException.Damaged(sha256);
        }
        finally
        {
            if (!isWhole) await file.DisposeAsync();
        }
    }

    public Stream Aside()
    {
        RequireSpace(0);
        return BlobWriter.World(() => new FileStream(paths.Temporary(), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous));
    }

    public Task<long?> LengthAsync(string sha256, CancellationToken ct) => Task.FromResult<long?>(new FileInfo(paths.Of(sha256)) is { Exists: true } file ? file.Length : null);

    public bool Hold(string sha256)
    {
        lock (_names)
        {
            var file = new FileInfo(paths.Of(sha256));
            if (!file.Exists) return false;
            file.LastWriteTimeUtc = clock.GetUtcNow().UtcDateTime;
            return true;
        }
    }

    public IEnumerable<StoredBlob> All() => paths.Whole().Select(path => new FileInfo(path)).Where(file => file.Exists).Select(file => new StoredBlob(file.Name, file.Length, new(file.LastWriteTimeUtc)));

    public async Task<BlobFault?> CheckAsync(string sha256, Pace pace, CancellationToken ct)
    {
        if (Find(sha256) is not { } file) return BlobFault.Missing;
        await using (file)
        {
            try
            {
                return await IsWholeAsync(file, sha256, pace, ct) ? null : BlobFault.Damaged;
            }
            catch (BlobException error)
            {
                return error.Fault;
            }
        }
    }

    public bool Remove(string sha256, DateTimeOffset untouchedSince)
    {
        lock (_names)
        {
            var file = new FileInfo(paths.Of(sha256));
            if (!file.Exists || file.LastWriteTimeUtc >= untouchedSince.UtcDateTime) return false;
            file.Delete();
            return true;
        }
    }

    public void RemoveRemains(DateTimeOffset untouchedSince)
    {
        foreach (var path in paths.Remains().Where(path => File.GetLastWriteTimeUtc(path) < untouchedSince.UtcDateTime)) File.Delete(path);
    }

    private void RequireSpace(long more)
    {
        var (free, total) = disk.Space();
        if (free - more < options.Reserve(total)) throw BlobException.NotKept($"only {free} bytes are free on the disk");
    }

    private void Name(string temporary, string path)
    {
        File.SetLastWriteTimeUtc(temporary, clock.GetUtcNow().UtcDateTime);
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        lock (_names) File.Move(temporary, path, overwrite: true);
        // All three names: whoever made a folder may have been killed before he synced it.
        foreach (var name in new[] { path, folder, Path.GetDirectoryName(folder)! }) PhysicalDisk.SyncFolder(name);
    }

    private FileStream? Find(string sha256)
    {
        try
        {
            return new(paths.Of(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw BlobException.Damaged(sha256, error);
        }
    }

    private static async Task<bool> IsWholeAsync(FileStream file, string sha256, Pace pace, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[128 * 1024];
        try
        {
            for (var read = await file.ReadAsync(piece, ct); read > 0; read = await file.ReadAsync(piece, ct))
            {
                hash.AppendData(piece, 0, read);
                pace.After(read, ct);
            }
        }
        catch (IOException error)
        {
            throw BlobException.Damaged(sha256, error); // a sector that cannot be read
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == sha256;
    }
}
