using System.Globalization;
using System.Security.Cryptography;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Storage;

/// <summary>
/// What follows a log that came from a backup. It may not be signed on under its name: entries were perhaps signed after the backup was taken, and two trees
/// of one size would be a fork. So the restored entries begin a log of another name with other keys, and the last checkpoints of the old one stay beside it.
/// </summary>
public static class LogSuccession
{
    private const string Predecessors = "predecessors";
    private const string Mark = "/r";

    /// <summary>Whether the log waits for somebody to decide: it has entries or checkpoints, and no signing state.</summary>
    public static bool IsHeld(ILogDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        return !IsAlive(disk) && !LogRecovery.IsEmpty(disk);
    }

    /// <summary>Whether the log can be signed on from here.</summary>
    public static bool IsAlive(ILogDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        return disk.Length(LogFiles.State) > 0;
    }

    /// <summary>The name a successor is written under; null for a log that succeeds none.</summary>
    public static string? NameOf(ILogDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        return LogState.TryRead(disk.Read(LogFiles.State) ?? [], out var state) && state!.Succeeds is not null ? state.Origin : null;
    }

    /// <summary>A name nobody used before: that of the old log without an earlier mark, and a mark of its own.</summary>
    public static string NameAfter(string origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var mark = origin.LastIndexOf(Mark, StringComparison.Ordinal);
        var stem = mark >= 0 && origin.Length - mark == Mark.Length + 16 ? origin[..mark] : origin;
        return stem + Mark + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    }

    /// <summary>Gives the restored entries to a new log named <paramref name="origin"/>. Opening it with new keys signs it.</summary>
    /// <returns>What it starts with, under the name it had.</returns>
    /// <exception cref="InvalidOperationException">The log has its signing state: there is nothing to succeed.</exception>
    /// <exception cref="LogException">What was restored is not what was signed.</exception>
    public static RestoredLog Begin(ILogDisk disk, string origin)
    {
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentException.ThrowIfNullOrEmpty(origin);
        if (!IsHeld(disk)) throw new InvalidOperationException("The log is not held: only one that came from a backup is succeeded.");
        using var held = disk.Lock(LogFiles.Lock);
        var restored = LogRestoration.Rebuild(disk);
        if (restored.Origin == origin) throw new InvalidOperationException("A successor has another name.");
        Keep(disk, restored);
        // Heads may be of more entries than came back.
        disk.Delete(LogFiles.Heads);
        disk.Replace(LogFiles.State, new LogState(origin, 0, restored.Size, restored.Sha256Root, restored.Sm3Root) { Succeeds = restored.Origin ?? "" }.ToBytes());
        return restored;
    }

    /// <summary>The old log's last checkpoints and public keys stay readable: with them a stranger verifies what was signed before.</summary>
    private static void Keep(ILogDisk disk, RestoredLog restored)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"{Predecessors}/{restored.Size}-{restored.Sha256Root.ToString()[..16]}");
        foreach (var (from, to) in HashSuite.All.Select(suite => (LogFiles.Checkpoint(suite), suite.Name + "-checkpoint")).Append((LogFiles.Keys, LogFiles.Keys)))
            if (disk.Read(from) is { } bytes) disk.Replace($"{folder}/{to}", bytes);
    }

    /// <summary>Whether <paramref name="checkpointOrigin"/> is the name of the log that <paramref name="state"/> follows.</summary>
    internal static bool IsOfPredecessor(LogState state, string checkpointOrigin, HashSuite suite) =>
        state.Succeeds is { Length: > 0 } old && checkpointOrigin == LogOrigin.Of(old, suite);
}
