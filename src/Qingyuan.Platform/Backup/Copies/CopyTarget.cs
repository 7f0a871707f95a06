using System.Globalization;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Backup.Copies;

/// <summary>The waiting side: brings what is missing. A file that grows only grows here too; one that is replaced is put in place whole, after everything it may point at.</summary>
internal sealed class CopyTarget(CopyFolders folders, DataDirectory data, ILogDisk ledger, TimeProvider clock)
{
    public const string Unfinished = ".copy";

    public async Task<CopyRound> PullAsync(CopyWire wire, CancellationToken ct)
    {
        await AskAsync(wire, "list", ct);
        var isAlive = await wire.LineAsync(ct) is CopySource.Alive;
        var deleted = await wire.LineAsync(ct) ?? throw new EndOfStreamException("copies: the list ended early");
        var listed = await ListedAsync(wire, ct);
        RemoveDeleted(deleted, listed);
        var ownLives = LogSuccession.IsAlive(ledger);
        if (ownLives && !isAlive) listed.RemoveAll(file => file.IsLedger);
        else if (ownLives || await IsAnotherLogAsync(wire, listed, ct)) SetAside();
        var round = await BringAsync(wire, listed, ct);
        await AskAsync(wire, "done", ct);
        return round with { LedgerSkipped = ownLives && !isAlive };
    }

    private static async Task<List<Listed>> ListedAsync(CopyWire wire, CancellationToken ct)
    {
        var listed = new List<Listed>();
        while (true)
        {
            switch ((await wire.LineAsync(ct))?.Split('\t'))
            {
                case [""]: return listed;
                case [var name, var length, var written]:
                    listed.Add(new(name, long.Parse(length, CultureInfo.InvariantCulture), new(long.Parse(written, CultureInfo.InvariantCulture), DateTimeKind.Utc)));
                    break;
                default: throw new EndOfStreamException("copies: the list ended early");
            }
        }
    }

    /// <summary>What two persons had deleted must not be found again after a takeover. That a file is missing over there is not enough: copies are there for the case that it was lost.</summary>
    private void RemoveDeleted(string months, List<Listed> listed)
    {
        if (months.Length is 0) return;
        var there = listed.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, path) in folders.ColdOf(months.Split('\t')))
            if (!there.Contains(name)) File.Delete(path);
    }

    /// <summary>Entries that came here earlier and are not the beginning of what the serving node has now: of a log that ended, or of a torn end.</summary>
    private async Task<bool> IsAnotherLogAsync(CopyWire wire, List<Listed> listed, CancellationToken ct)
    {
        foreach (var file in listed.Where(file => file.IsSegment))
        {
            var here = new FileInfo(folders.PathOf(file.Name));
            if (!here.Exists || here.Length is 0) continue;
            if (here.Length > file.Length) return true;
            await AskAsync(wire, $"hash\t{file.Name}\t{here.Length.ToString(CultureInfo.InvariantCulture)}", ct);
            if (await wire.LineAsync(ct) != await CopySource.HashAsync(here.FullName, here.Length, ct)) return true;
        }

        return false;
    }

    private async Task<CopyRound> BringAsync(CopyWire wire, List<Listed> listed, CancellationToken ct)
    {
        var (files, bytes) = (0, 0L);
        var replaced = new List<(string From, string To)>();
        foreach (var file in listed)
        {
            var path = folders.PathOf(file.Name);
            var here = new FileInfo(path);
            if (here.Exists && here.Length == file.Length && (file.IsSegment || here.LastWriteTimeUtc == file.WrittenAt)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var into = file.IsSegment ? path : path + Unfinished;
            var brought = await BringAsync(wire, file, into, file.IsSegment && here.Exists ? here.Length : 0, ct);
            if (brought is null) continue;
            (files, bytes) = (files + 1, bytes + brought.Value);
            if (!file.IsSegment) replaced.Add((into, path));
        }

        foreach (var (from, to) in replaced) File.Move(from, to, overwrite: true);
        return new(files, bytes, false);
    }

    /// <returns>Null when it went meanwhile.</returns>
    private static async Task<long?> BringAsync(CopyWire wire, Listed file, string into, long offset, CancellationToken ct)
    {
        await AskAsync(wire, $"get\t{file.Name}\t{offset.ToString(CultureInfo.InvariantCulture)}", ct);
        if (await wire.LineAsync(ct) is not { } answer) throw new EndOfStreamException("copies: no answer");
        if (answer is CopySource.Gone) return null;
        var count = long.Parse(answer, CultureInfo.InvariantCulture);
        await using (var stream = new FileStream(into, offset > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read))
        {
            await wire.BringAsync(stream, count, ct);
            stream.Flush(flushToDisk: true);
        }

        if (!file.IsSegment) File.SetLastWriteTimeUtc(into, file.WrittenAt);
        return count;
    }

    /// <summary>Kept for whoever may ask; the folder is copied anew.</summary>
    private void SetAside()
    {
        if (!Directory.Exists(data.Ledger) || !Directory.EnumerateFileSystemEntries(data.Ledger).Any()) return;
        Directory.Move(data.Ledger, $"{data.Ledger}-{clock.GetUtcNow().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)}");
    }

    private static async Task AskAsync(CopyWire wire, string line, CancellationToken ct)
    {
        await wire.SayAsync(line, ct);
        await wire.FlushAsync(ct);
    }

    private sealed record Listed(string Name, long Length, DateTime WrittenAt)
    {
        public bool IsLedger => Name.StartsWith(CopyFolders.Ledger, StringComparison.Ordinal);

        public bool IsSegment => Name.StartsWith(CopyFolders.Segments, StringComparison.Ordinal);
    }
}
