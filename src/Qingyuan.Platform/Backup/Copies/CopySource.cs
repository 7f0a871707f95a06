using System.Globalization;
using System.Security.Cryptography;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Backup.Copies;

/// <summary>The serving side: <c>list</c>, <c>hash NAME LENGTH</c>, <c>get NAME OFFSET</c>, <c>done</c>; fields parted by tabs.</summary>
internal sealed class CopySource(CopyFolders folders, Func<bool> isLedgerAlive, IDeletedMonths deleted)
{
    public const string Alive = "alive";
    public const string Held = "held";
    public const string Gone = "gone";

    public async Task ServeAsync(CopyWire wire, Action copied, CancellationToken ct)
    {
        HashSet<string> listed = [];
        while (await wire.LineAsync(ct) is { } asked)
        {
            switch (asked.Split('\t'))
            {
                case ["list"]:
                    listed = await ListAsync(wire, ct);
                    break;
                case ["hash", var name, var length] when listed.Contains(name):
                    await wire.SayAsync(await AnswerAsync(name, long.Parse(length, CultureInfo.InvariantCulture), ct), ct);
                    break;
                case ["get", var name, var offset] when listed.Contains(name):
                    await SendAsync(wire, name, long.Parse(offset, CultureInfo.InvariantCulture), ct);
                    break;
                case ["done"]:
                    copied();
                    break;
                default:
                    throw new IOException($"copies: {asked}: expected list, hash, get of a listed file, or done");
            }

            await wire.FlushAsync(ct);
        }
    }

    private async Task<HashSet<string>> ListAsync(CopyWire wire, CancellationToken ct)
    {
        HashSet<string> listed = [];
        await wire.SayAsync(isLedgerAlive() ? Alive : Held, ct);
        await wire.SayAsync(string.Join('\t', (await deleted.ValuesAsync(ct)).Keys.Select(month => MonthName.Of(month))), ct);
        foreach (var (name, path) in folders.All())
        {
            var file = new FileInfo(path);
            if (!file.Exists) continue;
            listed.Add(name);
            await wire.SayAsync(string.Create(CultureInfo.InvariantCulture, $"{name}\t{file.Length}\t{file.LastWriteTimeUtc.Ticks}"), ct);
        }

        await wire.SayAsync("", ct);
        return listed;
    }

    private async Task<string> AnswerAsync(string name, long length, CancellationToken ct)
    {
        try
        {
            return await HashAsync(folders.PathOf(name), length, ct);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return Gone;
        }
    }

    /// <summary>Of the first <paramref name="length"/> bytes; of all, when there are fewer.</summary>
    public static async Task<string> HashAsync(string path, long length, CancellationToken ct)
    {
        await using var file = Open(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        while (length > 0 && await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), ct) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            length -= read;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task SendAsync(CopyWire wire, string name, long offset, CancellationToken ct)
    {
        FileStream file;
        try
        {
            file = Open(folders.PathOf(name));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            await wire.SayAsync(Gone, ct);
            return;
        }

        await using (file)
        {
            // What is appended meanwhile belongs to the next look.
            var count = Math.Max(0, file.Length - offset);
            file.Position = offset;
            await wire.SayAsync(count.ToString(CultureInfo.InvariantCulture), ct);
            await wire.SendAsync(file, count, ct);
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
