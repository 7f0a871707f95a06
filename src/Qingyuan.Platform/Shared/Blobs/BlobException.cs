using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>What is wrong with a blob.</summary>
public enum BlobFault
{
    /// <summary>A row names it and it is not here: lost, or not yet copied to this node.</summary>
    Missing,

    /// <summary>Its bytes are not those that were kept, or cannot be read.</summary>
    Damaged,

    /// <summary>It could not be written: no space, or the disk failed.</summary>
    NotKept,
}

/// <summary>The world failed to keep a blob or to give it back whole.</summary>
/// <param name="fault">What is wrong.</param>
/// <param name="sha256">Its name; empty for one that was never kept.</param>
/// <param name="why">A sentence that names it.</param>
/// <param name="inner">What the disk said.</param>
public sealed class BlobException(BlobFault fault, string sha256, string why, Exception? inner = null) : IOException(why, inner)
{
    /// <summary>What is wrong.</summary>
    public BlobFault Fault { get; } = fault;

    /// <summary>Its name; empty for one that was never kept.</summary>
    public string Sha256 { get; } = sha256;

    /// <summary>The same for the person who asked.</summary>
    public Refusal Refusal => Fault switch
    {
        BlobFault.Missing => new("blob.missing", Sha256),
        BlobFault.Damaged => new("blob.damaged", Sha256),
        _ => new("blob.not-kept", InnerException?.Message ?? Message),
    };

    /// <summary>A row names it and it is not here.</summary>
    public static BlobException Missing(string sha256) =>
        new(BlobFault.Missing, sha256, $"Blob {sha256} is not here: lost, or not yet copied to this node. docs/operations/backup.md says how to put it back.");

    /// <summary>Its bytes are not those that were kept.</summary>
    public static BlobException Damaged(string sha256, Exception? inner = null) =>
        new(BlobFault.Damaged, sha256, $"Blob {sha256} is damaged: {inner?.Message ?? "its bytes are not those that were kept"}. docs/operations/backup.md says how to put it back.", inner);

    /// <summary>It could not be written.</summary>
    public static BlobException NotKept(string why, Exception? inner = null) => new(BlobFault.NotKept, "", $"The file was not kept: {why}", inner);
}
