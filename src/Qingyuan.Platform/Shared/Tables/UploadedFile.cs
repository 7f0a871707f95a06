using System.Security.Cryptography;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Shared.Tables;

/// <summary>A file in memory, with its hash.</summary>
internal sealed record UploadedFile(string Name, byte[] Content, string Sha256)
{
    /// <returns><c>import.field-invalid</c>, <c>import.too-large</c> and <c>import.no-rows</c> when it is not one to be looked through.</returns>
    public static async Task<Result<UploadedFile>> ReadAsync(string name, Stream content, long largest, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(name) || InputText.Fault(name, 255) is not null) return new Refusal("import.field-invalid", "file", "1-255");
        using var held = new MemoryStream();
        var piece = new byte[128 * 1024];
        for (var read = await content.ReadAsync(piece, ct); read > 0; read = await content.ReadAsync(piece, ct))
        {
            if (held.Length + read > largest) return new Refusal("import.too-large", largest >> 20);
            held.Write(piece, 0, read);
        }

        return held.Length is 0 ? new Refusal("import.no-rows", name) : new UploadedFile(name, held.ToArray(), Convert.ToHexStringLower(SHA256.HashData(held.GetBuffer().AsSpan(0, (int)held.Length))));
    }

    public MemoryStream Open() => new(Content, writable: false);
}
