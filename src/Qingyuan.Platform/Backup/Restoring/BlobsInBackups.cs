using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Shared.Blobs;

namespace Qingyuan.Platform.Backup.Restoring;

/// <summary>Blobs as backups have them, the newest first.</summary>
internal sealed class BlobsInBackups(IBackups backups, VaultKeys keys) : IBlobRescue
{
    private const string Folder = "blobs/";

    public Task<Stream?> OpenAsync(string sha256, CancellationToken ct) => Task.FromResult<Stream?>(keys.Find() is { } key ? Find(key, sha256, ct) : null);

    private VaultStream? Find(VaultKey key, string sha256, CancellationToken ct)
    {
        foreach (var backup in backups.List(null).Where(backup => backup.KeyId == key.Id))
        {
            ct.ThrowIfCancellationRequested();
            // A damaged one was backed up as such: then its name and its hash differ.
            if (Manifest.Read(backup.Path, key).Files.FirstOrDefault(file => file.Path.StartsWith(Folder, StringComparison.Ordinal) && file.Path.EndsWith('/' + sha256, StringComparison.Ordinal) && file.Sha256 == sha256) is { } file)
                return new(new BlockVault(Path.GetDirectoryName(backup.Path)!, key), file);
        }

        return null;
    }
}
