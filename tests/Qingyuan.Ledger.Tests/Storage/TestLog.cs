using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Signing;
using Qingyuan.Ledger.Storage;

namespace Qingyuan.Ledger.Tests.Storage;

/// <summary>Keys, drafts and openings that the storage tests share.</summary>
internal static class TestLog
{
    public const string Origin = "evidence.example/test/1";

    public static LogKeys Keys { get; } = new(Origin, PrivateKey.Generate(KeyAlgorithm.Ed25519), PrivateKey.Generate(KeyAlgorithm.Sm2), [PrivateKey.Generate(KeyAlgorithm.Ed25519)]);

    public static FakeTimeProvider Clock() => new(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.FromHours(8)));

    public static EvidenceLog Open(ILogDisk disk, TimeProvider? clock = null, EvidenceLogOptions? options = null) => EvidenceLog.Open(disk, Keys, clock ?? Clock(), options);

    public static LogEntry Draft(int number, string site = "outlet:P-DW001") => new()
    {
        Kind = "om.test",
        Org = "ORG",
        Site = site,
        At = new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.FromHours(8)).AddSeconds(number),
        Actor = new JsonObject { ["id"] = "s:test", ["role"] = "service", ["auth"] = "service" },
        Body = new JsonObject { ["number"] = number.ToString(CultureInfo.InvariantCulture) },
        Salt = new byte[LogEntry.SaltLength],
        Ref = new JsonObject { ["entry"] = number.ToString(CultureInfo.InvariantCulture) },
    };

    public static LogEntry[] Drafts(int from, int count) => [.. Enumerable.Range(from, count).Select(i => Draft(i, $"outlet:{i % 3}"))];

    /// <summary>Numbers of the entries on disk, in order.</summary>
    public static IReadOnlyList<int> Numbers(ILogDisk disk) => [.. new LogReader(disk).Envelopes(0).Select(stored => Number(stored.Bytes))];

    public static int Number(ReadOnlyMemory<byte> bytes)
    {
        Assert.True(Envelope.TryRead(bytes, out var envelope));
        Assert.Equal(EntryFault.None, LogEntry.TryRead(envelope!.Entry.Span, out var entry));
        return int.Parse((string)entry!.Body["number"]!, CultureInfo.InvariantCulture);
    }
}
