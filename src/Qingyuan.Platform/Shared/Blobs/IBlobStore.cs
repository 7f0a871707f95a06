namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>Large things that never change, each once, by the SHA-256 of its bytes.</summary>
/// <remarks>
/// Keep first, refer after: <see cref="KeepAsync"/> returns once the bytes survive a power cut; the row that names them is written then, in one transaction with
/// <see cref="BlobReferences"/>. What nothing refers to within a day is let go.
/// </remarks>
public interface IBlobStore
{
    /// <summary>Keeps what <paramref name="content"/> still holds. Content that is here already stays one file, which is written anew: a damaged one becomes whole.</summary>
    /// <returns>Null when it is longer than <paramref name="atMost"/> bytes; nothing is kept then.</returns>
    /// <exception cref="BlobException">The disk is full or failed (<see cref="BlobFault.NotKept"/>); nothing is kept.</exception>
    Task<KeptBlob?> KeepAsync(Stream content, long atMost, CancellationToken ct);

    /// <summary>A seekable stream of exactly the bytes that were kept: they are read through and compared before the first one is given out.</summary>
    /// <returns>Null when there is no such blob here. The caller disposes the stream.</returns>
    /// <exception cref="BlobException">What lies here is not what was kept (<see cref="BlobFault.Damaged"/>).</exception>
    Task<Stream?> OpenAsync(string sha256, CancellationToken ct);

    /// <summary>An empty file beside the blobs, for what is too large to be held in memory while it is made. It is not kept, and gone when its stream is closed.</summary>
    /// <returns>For reading, writing and seeking. The caller disposes it.</returns>
    /// <exception cref="BlobException">The disk is full or failed (<see cref="BlobFault.NotKept"/>).</exception>
    Stream Aside();

    /// <summary>As it lies here, unread; null when there is no such blob here.</summary>
    Task<long?> LengthAsync(string sha256, CancellationToken ct);
}

/// <summary>What was kept.</summary>
/// <param name="Sha256">64 lower-case hex digits: its name.</param>
/// <param name="Length">Bytes.</param>
public sealed record KeptBlob(string Sha256, long Length);
