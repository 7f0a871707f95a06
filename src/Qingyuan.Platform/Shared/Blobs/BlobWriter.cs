using System.Security.Cryptography;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>Writes a stream into a file of its own and flushes it. What fails on our disk is a <see cref="BlobException"/>; what fails in the caller's stream stays the caller's.</summary>
internal sealed class BlobWriter(BlobDisk disk)
{
    /// <returns>Null when there is more than <paramref name="atMost"/>.</returns>
    public async Task<KeptBlob?> WriteAsync(string path, Stream content, long atMost, CancellationToken ct)
    {
        await using var file = World(() => disk.Create(path));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (length, piece) = (0L, new byte[128 * 1024]);
        for (var read = await content.ReadAsync(piece, ct); read > 0; read = await content.ReadAsync(piece, ct))
        {
            length += read;
            if (length > atMost) return null;
            hash.AppendData(piece, 0, read);
            var count = read;
            World(() => disk.Write(file, piece.AsSpan(0, count)));
        }

        World(() => file.Flush(flushToDisk: true));
        return new(Convert.ToHexStringLower(hash.GetHashAndReset()), length);
    }

    public static void World(Action act) => World(() =>
    {
        act();
        return true;
    });

    public static T World<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw BlobException.NotKept(error.Message, error);
        }
    }
}
