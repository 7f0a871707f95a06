using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Ingest.ImportFrames;

/// <summary>An import that was begun: its frames carry <paramref name="Source"/> and were received from <paramref name="At"/> on.</summary>
internal sealed record BegunImport(string Source, DateTimeOffset At);

/// <summary>What the electronic ledger has about archives, by the SHA-256 of their bytes.</summary>
internal sealed class ArchiveLedger(IElectronicLedger ledger, ILedgerReader entries, IDatabase database, TimeProvider time)
{
    private const string BegunKind = "frames.import.begun";
    private const string DoneKind = "frames.import.done";
    private const int Page = 500;

    /// <summary>What the frames of an import name as their source.</summary>
    public static string Source(string id) => "import:" + id;

    /// <summary>The import of these bytes that came to its end and refused no line, null when none did.</summary>
    public async Task<EarlierImport?> DoneAsync(string sha256, CancellationToken ct) =>
        (await ListAsync(sha256, DoneKind, ct)).Find(done => !HasRefused(done)) is { } whole ? new(Text(whole, "file"), whole.At, whole.Actor.Id) : null;

    /// <summary>All imports of these bytes that may have stored something: those that were cut off, and those that ended and said so.</summary>
    public async Task<IReadOnlyList<BegunImport>> BegunAsync(string sha256, CancellationToken ct)
    {
        var idle = (await ListAsync(sha256, DoneKind, ct)).Where(StoredNothing).Select(Import).ToHashSet(StringComparer.Ordinal);
        return [.. (await ListAsync(sha256, BegunKind, ct)).Where(begun => !idle.Contains(Import(begun))).Select(begun => new BegunImport(Source(Import(begun)), begun.At))];
    }

    public Task BeginAsync(Guid id, string sha256, string name, Actor actor, CancellationToken ct) =>
        RecordAsync(BegunKind, sha256, Body(id, sha256, name), actor, ct);

    public Task EndAsync(FrameImportResult result, string name, Actor actor, CancellationToken ct)
    {
        var body = Body(result.Id, result.Sha256, name);
        body["lines"] = Text(result.Lines);
        body["imported"] = Text(result.Imported);
        body["earlier"] = Text(result.Earlier);
        body["refused"] = new JsonObject(result.Refused.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, Text(pair.Value))));
        return RecordAsync(DoneKind, result.Sha256, body, actor, ct);
    }

    private async Task<List<LedgerEntryView>> ListAsync(string sha256, string kind, CancellationToken ct)
    {
        var all = new List<LedgerEntryView>();
        string? after = null;
        do
        {
            var page = await entries.ListAsync(new(Subject: Subject(sha256), KindPrefix: kind, Limit: Page, After: after), ct);
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    private Task<bool> RecordAsync(string kind, string sha256, JsonObject body, Actor actor, CancellationToken ct) => database.WriteAsync(
        (db, _) =>
        {
            ledger.Record(db, new(kind, Subject(sha256), null, null, actor, time.GetUtcNow(), body.DeepClone().AsObject()));
            return Task.FromResult(true);
        },
        ct);

    private static string Subject(string sha256) => "frame-archive:" + sha256;

    private static JsonObject Body(Guid id, string sha256, string name) => new() { ["import"] = id.ToString(), ["file"] = name, ["sha256"] = sha256 };

    private static bool HasRefused(LedgerEntryView done) => done.Body["refused"] is JsonObject { Count: > 0 };

    private static bool StoredNothing(LedgerEntryView done) => Text(done, "imported") == Text(done, "earlier");

    private static string Import(LedgerEntryView entry) => Text(entry, "import");

    private static string Text(LedgerEntryView entry, string field) => (string?)entry.Body[field] ?? "";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
