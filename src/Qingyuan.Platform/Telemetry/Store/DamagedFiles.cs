using System.Collections.Concurrent;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>Database files in which the engine met pages that it cannot read. Whoever meets one says it here and goes on with the other files. Safe for many threads.</summary>
internal sealed class DamagedFiles
{
    private readonly ConcurrentDictionary<string, string> _files = new(StringComparer.Ordinal);

    /// <summary>Raised when a file is met that was not known to be damaged.</summary>
    public event Action? Met;

    /// <summary>By name: what the engine said.</summary>
    public IReadOnlyList<(string File, string Why)> All => [.. _files.Select(file => (file.Key, file.Value)).OrderBy(file => file.Key, StringComparer.Ordinal)];

    public bool Has(string path) => _files.ContainsKey(Path.GetFileName(path));

    public void Say(string path, string why)
    {
        if (_files.TryAdd(Path.GetFileName(path), why)) Met?.Invoke();
    }

    /// <summary>Before all of them are read through: a file may have been replaced.</summary>
    public void Forget() => _files.Clear();
}

/// <summary>A database file that the engine cannot read. Only a backup or its deletion helps; the values of its month can be made anew from frames.</summary>
internal sealed class StoreFileException(string file, Exception inner) : StoredDamageException($"Database file {file} cannot be read: {inner.Message}", inner);
