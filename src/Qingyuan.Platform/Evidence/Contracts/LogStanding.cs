using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Storage;

namespace Qingyuan.Platform.Evidence.Contracts;

/// <summary>Whether the log in a folder is signed on there.</summary>
/// <param name="IsHeld">Its entries came without signing state, from a backup or another node: nothing is signed until a person decides.</param>
/// <param name="Successor">Name of the log that a person decided on and that has signed nothing yet; null when there is none.</param>
public sealed record LogStanding(bool IsHeld, string? Successor)
{
    public static LogStanding Signed { get; } = new(false, null);

    /// <summary>In one word, for scripts.</summary>
    public string Code => IsHeld ? "held" : Successor is null ? "logged" : "succeeding";

    public static LogStanding Of(ILogDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        if (LogSuccession.IsHeld(disk)) return new(true, null);
        var name = LogSuccession.NameOf(disk);
        return name is null || name == new LogReader(disk).Checkpoint(HashSuite.Sha256)?.Checkpoint.Origin ? Signed : new(false, name);
    }
}
