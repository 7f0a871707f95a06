using System.Collections.Concurrent;

namespace Qingyuan.Platform.Shared.Nodes;

/// <summary>Open connections that came to another node and are served here, by the name of that node.</summary>
public sealed class RelayedConnections
{
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    public int Of(string node) => _open.GetValueOrDefault(node);

    /// <summary>Counts one until it is disposed.</summary>
    public IDisposable Enter(string node)
    {
        _open.AddOrUpdate(node, 1, static (_, open) => open + 1);
        return new Open(this, node);
    }

    private sealed class Open(RelayedConnections all, string node) : IDisposable
    {
        public void Dispose() => all._open.AddOrUpdate(node, 0, static (_, open) => open - 1);
    }
}
