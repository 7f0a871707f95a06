using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Storage;

/// <summary>The last <c>seq</c> and entry hash of every source's chain. Read from the entries; a snapshot only shortens the reading.</summary>
internal sealed class StreamHeads
{
    private readonly Dictionary<string, (long Seq, Digest Hash)> _heads = [];

    /// <summary>Entries read so far.</summary>
    public long Through { get; private set; }

    public (long Seq, Digest Hash) this[string stream] => _heads.GetValueOrDefault(stream);

    /// <summary>Takes the entry in when it continues its stream; false leaves the heads as they are.</summary>
    public bool TryAdvance(LogEntry entry, ReadOnlySpan<byte> entryBytes)
    {
        var head = this[entry.Stream];
        var continues = entry.Seq == head.Seq + 1 && entry.Prev == head.Hash;
        if (continues) _heads[entry.Stream] = (entry.Seq, new(SHA256.HashData(entryBytes)));
        Through++;
        return continues;
    }

    /// <summary>Goes on behind an entry that did not continue, so that one gap is told once.</summary>
    public void Resume(LogEntry entry, ReadOnlySpan<byte> entryBytes) => _heads[entry.Stream] = (entry.Seq, new(SHA256.HashData(entryBytes)));

    public void Skip() => Through++;

    public byte[] ToBytes()
    {
        var heads = new JsonObject(_heads.OrderBy(head => head.Key, StringComparer.Ordinal).Select(head => KeyValuePair.Create<string, JsonNode?>(
            head.Key, new JsonArray(head.Value.Seq.ToString(CultureInfo.InvariantCulture), head.Value.Hash.ToBase64()))));
        var text = new JsonObject { ["through"] = Through.ToString(CultureInfo.InvariantCulture), ["heads"] = heads }.ToJsonString();
        return Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}\n{text}");
    }

    /// <summary>The snapshot, or empty heads when there is none that is whole.</summary>
    public static StreamHeads Read(byte[]? bytes, long size)
    {
        var heads = new StreamHeads();
        if (bytes is null || Encoding.UTF8.GetString(bytes).Split('\n', 2) is not [var sum, var text]) return heads;
        if (sum != Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))) return heads;
        var root = JsonSerializer.Deserialize<JsonObject>(text)!; // its checksum was right: it is what we wrote
        var through = long.Parse((string)root["through"]!, CultureInfo.InvariantCulture);
        if (through > size) return heads;
        heads.Through = through;
        foreach (var (stream, head) in (JsonObject)root["heads"]!)
            if (Digest.TryFromBase64((string)head![1]!, out var hash)) heads._heads[stream] = (long.Parse((string)head[0]!, CultureInfo.InvariantCulture), hash);
        return heads;
    }
}
