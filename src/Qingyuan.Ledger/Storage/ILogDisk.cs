namespace Qingyuan.Ledger.Storage;

/// <summary>The few things a log asks of a file system. Paths are relative and use <c>/</c>.</summary>
/// <remarks>The world's failures come as <see cref="IOException"/>. After one, the log must be opened anew: what reached the disk is unknown.</remarks>
public interface ILogDisk
{
    /// <summary>The whole file, null when there is none.</summary>
    byte[]? Read(string path);

    /// <summary>A part of a file; shorter than asked at its end.</summary>
    byte[] Read(string path, long offset, int length);

    /// <summary>Length of the file, 0 when there is none.</summary>
    long Length(string path);

    /// <summary>Names of the files directly in the folder, in ordinal order; empty when there is none.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Appends and returns when the bytes are durable.</summary>
    void Append(string path, ReadOnlySpan<byte> bytes);

    /// <summary>Puts the whole content in place at once: after a crash there is the old or the new, durable on return.</summary>
    void Replace(string path, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the file, durable on return.</summary>
    void Truncate(string path, long length);

    /// <summary>Removes the file if there is one.</summary>
    void Delete(string path);

    /// <summary>Takes the exclusive lock until disposed; the system frees it when the process dies.</summary>
    /// <exception cref="LogException">Another process holds it.</exception>
    IDisposable Lock(string path);
}
