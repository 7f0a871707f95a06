using Qingyuan.Platform.Backup.Due;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Backup.Taking;

/// <summary>What a backup may take of the disk on which frames are stored. Beyond that intake would stop, for as long as the copy of a large file lies there.</summary>
internal sealed class SpareRoom(IStorageStatus storage, DataDirectory data)
{
    private const long Megabyte = 1L << 20;

    /// <summary>Whether files in this folder take the room of frames.</summary>
    public bool IsShared(string folder) => DiskOf.Same(folder, data.Telemetry);

    /// <summary>Called before <paramref name="bytes"/> are written there for <paramref name="what"/>.</summary>
    /// <exception cref="NoRoomException">They would take what intake needs.</exception>
    public void Require(string what, long bytes)
    {
        if (storage.Spare() is { } spare && bytes > spare) throw new NoRoomException(what, data.Root, (bytes + Megabyte - 1) / Megabyte, Math.Max(0, spare) / Megabyte);
    }
}

/// <summary>A backup was not taken, because it would have stopped intake. Sizes are in MB.</summary>
internal sealed class NoRoomException(string what, string folder, long needed, long spare)
    : IOException($"no room for {what}: {needed} MB are needed on the disk of {folder}, {spare} MB can be taken without stopping intake")
{
    public Refusal Refusal { get; } = new("backup.no-room", what, folder, needed, spare);
}
