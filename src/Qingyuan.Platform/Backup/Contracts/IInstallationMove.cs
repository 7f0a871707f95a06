using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Backup.Contracts;

/// <summary>What a move brought along and found.</summary>
/// <param name="Tables">Tables of the relational database.</param>
/// <param name="Rows">In them.</param>
/// <param name="Entries">Entries of the evidence log that agree with their records.</param>
/// <param name="Before">Folder with the files as they were.</param>
public sealed record MoveReport(int Tables, long Rows, long Batches, long Frames, long Chunks, long Results, long Entries, string Before);

/// <summary>Takes an installation from its files to a PostgreSQL, so that it can have more than one machine.</summary>
public interface IInstallationMove
{
    /// <summary>Copies everything byte for byte, checks the copy against its hashes and the evidence log, and only then puts the files aside. Keys, evidence log, blobs and cold values stay in the directory.</summary>
    /// <param name="directory">Data directory of an installation that does not run.</param>
    /// <param name="database">Connection string of an empty database.</param>
    /// <param name="actor">Goes into the ledger.</param>
    /// <param name="ct">Stops it; the files stay as they are, and the database must be made anew.</param>
    /// <returns>Refusals: <c>move.nothing</c> (directory), <c>move.done-before</c> (directory), <c>move.not-empty</c>, <c>move.differs</c> (what).</returns>
    Task<Result<MoveReport>> RunAsync(string directory, string database, Actor actor, CancellationToken ct);
}
