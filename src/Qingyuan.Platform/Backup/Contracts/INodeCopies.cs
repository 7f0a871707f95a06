namespace Qingyuan.Platform.Backup.Contracts;

/// <summary>What one look at the serving node brought.</summary>
/// <param name="Files">Files that were new or had grown.</param>
/// <param name="Bytes">What was brought.</param>
/// <param name="LedgerSkipped">This node's own evidence log lives and that of the serving node does not: nothing was put over it.</param>
public sealed record CopyRound(int Files, long Bytes, bool LedgerSkipped);

/// <summary>Files that are not in the database all nodes share (evidence log, uploads, cold values, adapters), kept on the nodes that wait as well. Never keys, never signing state.</summary>
public interface INodeCopies
{
    /// <summary>Answers a node that waits until it hangs up.</summary>
    /// <param name="node">Name of that node.</param>
    /// <param name="asked">What it says.</param>
    /// <param name="answer">What it is told.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="IOException">The connection broke, or a disk failed.</exception>
    Task ServeAsync(string node, Stream asked, Stream answer, CancellationToken ct);

    /// <summary>Brings what is missing here.</summary>
    /// <param name="connection">To the serving node, nothing said yet.</param>
    /// <param name="ct">Ends it; what was begun goes on the next time.</param>
    /// <exception cref="IOException">The connection broke, or a disk failed.</exception>
    Task<CopyRound> PullAsync(Stream connection, CancellationToken ct);

    /// <summary>When that node last had everything; null when never.</summary>
    DateTimeOffset? CopiedAt(string node);
}
