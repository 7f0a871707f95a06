using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Ingest.ImportFrames;

/// <summary>Whether the disk of the data directory takes frames.</summary>
internal sealed class ImportRoom(IStorageStatus storage, DataDirectory data)
{
    private const long Megabyte = 1L << 20;

    /// <summary><c>import.disk-full</c>; null while there is room, and when the store is a server's.</summary>
    public async Task<Refusal?> LackAsync(string name, long length, CancellationToken ct) =>
        await storage.NowAsync(ct) is { Free: { } free, Reserve: { } reserve } && free < reserve
            ? new("import.disk-full", name, data.Root, free / Megabyte, (reserve + length + Megabyte - 1) / Megabyte)
            : null;
}
