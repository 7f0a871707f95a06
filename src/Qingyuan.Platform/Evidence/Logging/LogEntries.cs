using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Qingyuan.Ledger.Canonical;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Evidence.Logging;

/// <summary>Between the business record and the sealed entry.</summary>
internal static class LogEntries
{
    /// <summary>Site of what concerns no station.</summary>
    public const string PlatformSite = "platform";

    private const string EntryMember = "entry";

    /// <summary>The entry to be chained and sealed; the log sets <c>seq</c> and <c>prev</c>.</summary>
    public static LogEntry From(LedgerEntryRow row) => new()
    {
        Kind = row.Kind,
        Org = row.ActorOrganisation,
        Site = row.Site,
        Device = row.Device,
        At = row.At.ToOffset(StationClock.Offset),
        Actor = new JsonObject { ["id"] = row.ActorId, ["role"] = row.ActorRole, ["auth"] = row.ActorAuthentication },
        Body = (JsonObject)JsonNode.Parse(row.Body)!,
        Salt = RandomNumberGenerator.GetBytes(LogEntry.SaltLength),
        Ref = Reference(row),
    };

    /// <summary>Which business record an entry seals; null for entries that seal none.</summary>
    public static Guid? RecordOf(LogEntry entry) => entry.Ref?[EntryMember] is JsonValue value && value.TryGetValue<string>(out var text) && Guid.TryParse(text, out var id) ? id : null;

    /// <summary>The same of sealed bytes; null also when they cannot be read.</summary>
    public static Guid? RecordOf(ReadOnlyMemory<byte> envelopeBytes) =>
        Envelope.TryRead(envelopeBytes, out var envelope) && LogEntry.TryRead(envelope!.Entry.Span, out var entry) is EntryFault.None ? RecordOf(entry!) : null;

    /// <summary>Refuses now what could not be sealed later, while the act can still fail.</summary>
    /// <exception cref="ArgumentException">The record cannot be canonical, or is too long.</exception>
    public static void RequireSealable(LedgerEntryRow row)
    {
        const int signatures = 512; // two lines of about 120 bytes, with room for a third
        var length = (From(row) with { Seq = long.MaxValue }).ToBytes().Length;
        if (length + signatures > CanonicalJson.MaxBytes) throw new CanonicalException(CanonicalFault.TooLong, "body");
    }

    private static JsonObject Reference(LedgerEntryRow row)
    {
        var reference = new JsonObject
        {
            [EntryMember] = row.Id.ToString(),
            ["recorded"] = row.RecordedAt.ToOffset(StationClock.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
        };
        if (row.Subject is not null) reference["subject"] = row.Subject;
        return reference;
    }
}
