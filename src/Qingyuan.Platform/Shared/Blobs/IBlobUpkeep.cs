namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>One blob as it lies there, unread.</summary>
internal sealed record StoredBlob(string Sha256, long Length, DateTimeOffset KeptAt);

/// <summary>What keeping the store in order needs of it, beside what everybody may.</summary>
internal interface IBlobUpkeep
{
    IEnumerable<StoredBlob> All();

    /// <summary>Reads it through; null when it is whole.</summary>
    Task<BlobFault?> CheckAsync(string sha256, Pace pace, CancellationToken ct);

    /// <summary>As if it were kept now; false when it is not here.</summary>
    bool Hold(string sha256);

    /// <summary>Lets it go unless it was kept again since.</summary>
    bool Remove(string sha256, DateTimeOffset untouchedSince);

    /// <summary>Lets go what a kill left half written.</summary>
    void RemoveRemains(DateTimeOffset untouchedSince);
}
