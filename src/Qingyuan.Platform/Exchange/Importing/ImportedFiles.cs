using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>A file in memory, with its hash.</summary>
internal sealed record UploadedFile(string Name, byte[] Content, string Sha256)
{
    public static async Task<Result<UploadedFile>> ReadAsync(string name, Stream content, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(name) || InputText.Fault(name, 255) is not null) return new Refusal("import.field-invalid", "file", "1-255");
        using var held = new MemoryStream();
        var piece = new byte[128 * 1024];
        for (var read = await content.ReadAsync(piece, ct); read > 0; read = await content.ReadAsync(piece, ct))
        {
            if (held.Length + read > IDataImports.LargestFile) return new Refusal("import.too-large", IDataImports.LargestFile >> 20);
            held.Write(piece, 0, read);
        }

        return held.Length is 0 ? new Refusal("import.no-rows", name) : new UploadedFile(name, held.ToArray(), Convert.ToHexStringLower(SHA256.HashData(held.GetBuffer().AsSpan(0, (int)held.Length))));
    }

    public MemoryStream Open() => new(Content, writable: false);
}

/// <summary>Files as uploaded, each once by its hash.</summary>
internal static class ImportedFiles
{
    /// <summary>Adds the file unless it is kept already; the caller saves.</summary>
    public static async Task KeepAsync(QingyuanDb db, UploadedFile file, CancellationToken ct)
    {
        if (!await db.Set<ImportFileRow>().AnyAsync(row => row.Sha256 == file.Sha256, ct)) db.Add(new ImportFileRow { Sha256 = file.Sha256, Content = file.Content });
    }

    /// <exception cref="InvalidDataException">What is stored is not what was uploaded.</exception>
    public static async Task<UploadedFile> FindAsync(IDatabase database, ImportRow import, CancellationToken ct)
    {
        await using var db = database.Read();
        var content = await db.Set<ImportFileRow>().Where(row => row.Sha256 == import.Sha256).Select(row => row.Content).SingleAsync(ct);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == import.Sha256 ? new(import.FileName, content, import.Sha256) : throw new InvalidDataException($"The file of import {import.Id} is damaged.");
    }
}
