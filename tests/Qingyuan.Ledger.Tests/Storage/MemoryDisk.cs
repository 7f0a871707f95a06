using Qingyuan.Ledger.Storage;

namespace Qingyuan.Ledger.Tests.Storage;

/// <summary>The process dies here.</summary>
internal sealed class Killed : Exception;

/// <summary>A disk in memory that can die or fill up at any chosen write, before it, in the middle of it or after it.</summary>
internal sealed class MemoryDisk : ILogDisk
{
    private bool _locked;
    private int _writes;

    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Which write is hit, counted from 1; 0 for none.</summary>
    public int HitAt { get; set; }

    public Hit How { get; set; }

    public int Writes => _writes;

    public bool IsFull { get; set; }

    public void Revive()
    {
        (_locked, _writes, HitAt, IsFull) = (false, 0, 0, false);
    }

    public MemoryDisk Copy()
    {
        var copy = new MemoryDisk();
        foreach (var (path, bytes) in Files) copy.Files[path] = bytes.ToArray();
        return copy;
    }

    public byte[]? Read(string path) => Files.GetValueOrDefault(path)?.ToArray();

    public byte[] Read(string path, long offset, int length) => Files.TryGetValue(path, out var bytes)
        ? bytes.Skip((int)offset).Take(length).ToArray()
        : throw new FileNotFoundException(path);

    public long Length(string path) => Files.GetValueOrDefault(path)?.Length ?? 0;

    public IReadOnlyList<string> List(string folder) => [.. Files.Keys
        .Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal) && path.IndexOf('/', folder.Length + 1) < 0)
        .Select(path => path[(folder.Length + 1)..]).Order(StringComparer.Ordinal)];

    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        byte[] whole = [.. Files.GetValueOrDefault(path) ?? [], .. bytes];
        Write(() => Files[path] = whole, () => Files[path] = whole[..(whole.Length - (whole.Length - (int)Length(path)) / 2)]);
    }

    public void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Write(() => Files[path] = copy, () => Files[path + ".tmp"] = copy[..(copy.Length / 2)]);
    }

    public void Truncate(string path, long length) => Write(() => Files[path] = Files[path][..(int)length], () => { });

    public void Delete(string path)
    {
        if (Files.ContainsKey(path)) Write(() => Files.Remove(path), () => { });
    }

    public IDisposable Lock(string path)
    {
        if (_locked) throw new LogException(LogTrouble.InUse, path);
        _locked = true;
        return new Held(this);
    }

    private void Write(Action whole, Action half)
    {
        if (IsFull)
        {
            half();
            throw new IOException("No space left on device");
        }

        if (++_writes != HitAt)
        {
            whole();
            return;
        }

        if (How is Hit.Middle) half();
        if (How is Hit.After) whole();
        throw new Killed();
    }

    public enum Hit
    {
        Before,
        Middle,
        After,
    }

    private sealed class Held(MemoryDisk disk) : IDisposable
    {
        public void Dispose() => disk._locked = false;
    }
}
