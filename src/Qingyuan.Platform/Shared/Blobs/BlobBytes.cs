using System.Runtime.InteropServices;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>For blobs that are small enough to be held in memory.</summary>
public static class BlobBytes
{
    /// <exception cref="BlobException">The disk is full or failed; nothing is kept.</exception>
    public static async Task<KeptBlob> KeepAsync(this IBlobStore blobs, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        var bytes = MemoryMarshal.TryGetArray(content, out var held) ? held : new(content.ToArray());
        using var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        return (await blobs.KeepAsync(stream, content.Length, ct))!; // as long as it says
    }

    /// <summary>All of a blob that a row refers to.</summary>
    /// <exception cref="BlobException">It is not here, or not what was kept.</exception>
    public static async Task<byte[]> ReadAsync(this IBlobStore blobs, string sha256, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        await using var stream = await blobs.OpenAsync(sha256, ct) ?? throw BlobException.Missing(sha256);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }
}
