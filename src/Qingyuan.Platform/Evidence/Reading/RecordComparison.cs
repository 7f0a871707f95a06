using System.Text;
using System.Text.Json.Nodes;
using Qingyuan.Ledger.Canonical;
using Qingyuan.Platform.Evidence.Logging;

namespace Qingyuan.Platform.Evidence.Reading;

/// <summary>Holds the record in the database against the sealed one: a changed row must show as loudly as a changed file.</summary>
internal static class RecordComparison
{
    public const string Name = "record";

    public static (bool Same, string? Why) Compare(LedgerEntryRow row, ReadOnlyMemory<byte> envelopeBytes)
    {
        if (!Envelope.TryRead(envelopeBytes, out var envelope) || LogEntry.TryRead(envelope!.Entry.Span, out var entry) is not EntryFault.None) return (false, "sealed entry unreadable");
        if (LogEntries.RecordOf(entry!) != row.Id) return (false, "the log position holds another record");
        JsonObject expected;
        try
        {
            expected = Comparable(LogEntries.From(row));
        }
        catch (Exception error) when (error is CanonicalException or System.Text.Json.JsonException or InvalidCastException)
        {
            return (false, "the database row is not a record any more");
        }

        var sealedOne = Comparable(entry!);
        var differing = expected.Select(member => member.Key).Union(sealedOne.Select(member => member.Key)).Where(name => !JsonNode.DeepEquals(expected[name], sealedOne[name])).ToArray();
        return differing.Length == 0 ? (true, null) : (false, "the database row differs from the sealed record: " + string.Join(", ", differing));
    }

    private static JsonObject Comparable(LogEntry entry)
    {
        var map = (JsonObject)JsonNode.Parse(Encoding.UTF8.GetString((entry with { Seq = 1, Prev = default }).ToBytes()))!;
        map.Remove("salt");
        return map;
    }
}
