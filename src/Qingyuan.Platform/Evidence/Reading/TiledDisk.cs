using Qingyuan.Ledger.Storage;

namespace Qingyuan.Platform.Evidence.Reading;

/// <summary>A log that is only read, and beside it a place for what is made of it. What the log has itself is never hidden.</summary>
internal sealed class TiledDisk(ILogDisk log, ILogDisk made) : ILogDisk
{
    public byte[]? Read(string path) => log.Read(path) ?? made.Read(path);

    public byte[] Read(string path, long offset, int length) => log.Read(path, offset, length);

    public long Length(string path) => log.Length(path) is > 0 and var length ? length : made.Length(path);

    public IReadOnlyList<string> List(string folder) => [.. log.List(folder).Union(made.List(folder), StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public void Append(string path, ReadOnlySpan<byte> bytes) => made.Append(path, bytes);

    public void Replace(string path, ReadOnlySpan<byte> bytes) => made.Replace(path, bytes);

    public void Truncate(string path, long length) => made.Truncate(path, length);

    public void Delete(string path) => made.Delete(path);

    public IDisposable Lock(string path) => made.Lock(path);
}
