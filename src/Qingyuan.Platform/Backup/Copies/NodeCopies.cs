using System.Collections.Concurrent;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Backup.Copies;

internal sealed class NodeCopies(DataDirectory data, string coldFolder, ILogDisk ledger, IDeletedMonths deleted, TimeProvider clock) : INodeCopies
{
    private readonly CopyFolders _folders = new(data, coldFolder);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _copiedAt = new(StringComparer.Ordinal);

    public Task ServeAsync(string node, Stream asked, Stream answer, CancellationToken ct) =>
        new CopySource(_folders, () => LogSuccession.IsAlive(ledger), deleted).ServeAsync(new(asked, answer), () => _copiedAt[node] = clock.GetUtcNow(), ct);

    public Task<CopyRound> PullAsync(Stream connection, CancellationToken ct) => new CopyTarget(_folders, data, ledger, clock).PullAsync(new(connection, connection), ct);

    public DateTimeOffset? CopiedAt(string node) => _copiedAt.TryGetValue(node, out var at) ? at : null;
}
