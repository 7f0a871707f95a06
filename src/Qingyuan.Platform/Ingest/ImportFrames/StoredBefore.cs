using System.Buffers.Binary;
using System.Security.Cryptography;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.ImportFrames;

/// <summary>
/// The frames that earlier imports of the same archive stored, each to be left out once: those that were cut off, and those that refused other lines.
/// The store ends up as one import of all lines that are good now would have left it.
/// Read station by station, when its first line comes.
/// </summary>
internal sealed class StoredBefore(IFrameReader frames, IReadOnlyList<BegunImport> earlier)
{
    private const int Page = 1000;

    /// <summary>No import takes longer; looking further would open every later batch of the station.</summary>
    private static readonly TimeSpan LongestImport = TimeSpan.FromDays(1);

    private readonly Dictionary<string, Dictionary<UInt128, int>> _stations = new(StringComparer.Ordinal);

    /// <summary>True when the frame is there already, and one copy of it less is left to be found.</summary>
    public async ValueTask<bool> TakeAsync(string mn, byte[] frame, CancellationToken ct)
    {
        if (earlier.Count is 0) return false;
        if (!_stations.TryGetValue(mn, out var left)) _stations.Add(mn, left = await ReadAsync(mn, ct));
        var key = Key(frame);
        if (!left.TryGetValue(key, out var copies)) return false;
        if (copies is 1) left.Remove(key);
        else left[key] = copies - 1;
        return true;
    }

    private async Task<Dictionary<UInt128, int>> ReadAsync(string mn, CancellationToken ct)
    {
        var left = new Dictionary<UInt128, int>();
        foreach (var import in earlier) await CountAsync(left, mn, import, ct);
        return left;
    }

    private async Task CountAsync(Dictionary<UInt128, int> copies, string mn, BegunImport import, CancellationToken ct)
    {
        string? after = null;
        do
        {
            var page = await frames.ListAsync(new(mn, import.At, import.At + LongestImport, FrameVerdict.Imported, Page, after), ct);
            foreach (var frame in page.Items.Where(frame => frame.Arrival.Source == import.Source))
            {
                var key = Key(frame.Bytes.Span);
                copies[key] = copies.GetValueOrDefault(key) + 1;
            }

            after = page.Next;
        }
        while (after is not null);
    }

    // Half of a SHA-256: an archive has millions of lines.
    private static UInt128 Key(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(frame));
}
