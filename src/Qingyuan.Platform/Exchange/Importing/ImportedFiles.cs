using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Exchange.Files;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Tables;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Files as uploaded: blobs.</summary>
internal sealed class ImportedFiles(IDatabase database, IBlobStore blobs, BlobReferences references)
{
    /// <summary>On disk when it returns; what names it comes after.</summary>
    /// <exception cref="BlobException">The disk is full or failed.</exception>
    public Task<KeptBlob> KeepAsync(UploadedFile file, CancellationToken ct) => blobs.KeepAsync(file.Content, ct);

    /// <summary>In the transaction of the import that names it.</summary>
    public Task ReferAsync(QingyuanDb db, KeptBlob file, CancellationToken ct) => references.AddAsync(db, file, FileKinds.Unknown, FileKinds.Import, ct);

    /// <exception cref="BlobException">The file is not here, or not what was uploaded.</exception>
    public async Task<UploadedFile> FindAsync(ImportRow import, CancellationToken ct) => new(import.FileName, await EarlierAsync(import, ct) ?? await blobs.ReadAsync(import.Sha256, ct), import.Sha256);

    /// <summary>Of an earlier release, until it has left the database. A damaged one is looked for among the blobs.</summary>
    private async Task<byte[]?> EarlierAsync(ImportRow import, CancellationToken ct)
    {
        await using var db = database.Read();
        var content = await db.Set<ImportFileRow>().Where(row => row.Sha256 == import.Sha256).Select(row => row.Content).SingleOrDefaultAsync(ct);
        return content is not null && Convert.ToHexStringLower(SHA256.HashData(content)) == import.Sha256 ? content : null;
    }
}
