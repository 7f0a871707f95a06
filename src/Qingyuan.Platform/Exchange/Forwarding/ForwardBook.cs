using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Exchange.Files;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>Targets as people see and set them. Secrets go in and never come out. Each change is a ledger entry.</summary>
internal sealed class ForwardBook(
    IDatabase database, IElectronicLedger ledger, ISecretProtector protector, IStationDirectory stations, IFrameTail tail, IFrameReader frames, IBlobStore blobs, BlobReferences references, TargetStates states, Forwarder forwarder, TimeProvider clock) : IForwarding
{
    private const int LargestConsent = 5 << 20;

    public async Task<IReadOnlyList<TargetView>> ListAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var targets = await db.Set<TargetRow>().OrderBy(row => row.Name).ToListAsync(ct);
        var members = (await db.Set<ForwardedStationRow>().ToListAsync(ct)).ToLookup(row => row.TargetId);
        var positions = await db.Set<PositionRow>().ToDictionaryAsync(row => row.TargetId, ct);
        var lanes = (await db.Set<LaneRow>().OrderBy(row => row.Id).ToListAsync(ct)).ToLookup(row => row.TargetId);
        var consents = (await db.Set<ConsentRow>().Select(row => new { row.TargetId, View = new ConsentView(row.FileName, row.Sha256, row.Length, row.UploadedBy, row.UploadedAt) }).ToListAsync(ct))
            .GroupBy(each => each.TargetId).ToDictionary(each => each.Key, each => each.Last().View);
        return [.. targets.Select(row => View(row, members[row.Id], positions[row.Id], lanes[row.Id], consents.GetValueOrDefault(row.Id)))];
    }

    public async Task<Result<TargetView>> SaveAsync(TargetDraft draft, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (DraftCheck.Fault(draft, stations) is { } fault) return fault;
        var begin = await BeginAsync(draft.From, ct);
        var refused = await database.WriteAsync((db, token) => StoreAsync(db, draft, begin, actor, token), ct);
        return refused is null ? await SavedAsync(draft.Name, ct) : refused;
    }

    public async Task<Result<TargetView>> ConsentAsync(string name, string fileName, ReadOnlyMemory<byte> content, Actor actor, CancellationToken ct)
    {
        if (content.Length is 0 or > LargestConsent) return new Refusal("forward.field-invalid", "content", $"1-{LargestConsent} bytes");
        if (string.IsNullOrWhiteSpace(fileName) || InputText.Fault(fileName, 255) is not null) return new Refusal("forward.field-invalid", "fileName", "1-255");
        if (!await IsThereAsync(name, ct)) return new Refusal("forward.not-found");
        try
        {
            var refused = await StoreConsentAsync(name, fileName, await blobs.KeepAsync(content, ct), actor, ct);
            return refused is null ? await SavedAsync(name, ct) : refused;
        }
        catch (BlobException error)
        {
            return error.Refusal;
        }
    }

    private Task<Refusal?> StoreConsentAsync(string name, string fileName, KeptBlob kept, Actor actor, CancellationToken ct) => database.WriteAsync<Refusal?>(
        async (db, token) =>
        {
            if (await db.Set<TargetRow>().SingleOrDefaultAsync(row => row.Name == name, token) is not { } target) return new("forward.not-found");
            await references.AddAsync(db, kept, FileKinds.Unknown, FileKinds.Consent, token);
            var now = clock.GetUtcNow();
            db.Add(new ConsentRow { Id = Guid.CreateVersion7(now), TargetId = target.Id, FileName = fileName, Sha256 = kept.Sha256, Length = (int)kept.Length, UploadedBy = actor.Id, UploadedAt = now });
            target.Version++;
            Record(db, "consent", name, actor, new JsonObject { ["fileName"] = fileName, ["sha256"] = kept.Sha256, ["length"] = Text((int)kept.Length) });
            return null;
        },
        ct);

    public async Task<(ConsentView View, byte[] Content)?> ConsentAsync(string name, CancellationToken ct)
    {
        await using var db = database.Read();
        var target = await db.Set<TargetRow>().Where(row => row.Name == name).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(ct);
        var row = target is null ? null : await db.Set<ConsentRow>().Where(each => each.TargetId == target).OrderByDescending(each => each.Id).FirstOrDefaultAsync(ct);
        return row is null ? null : (new(row.FileName, row.Sha256, row.Length, row.UploadedBy, row.UploadedAt), row.Content ?? await blobs.ReadAsync(row.Sha256, ct));
    }

    private async Task<bool> IsThereAsync(string name, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<TargetRow>().AnyAsync(row => row.Name == name, ct);
    }

    private async Task<Refusal?> StoreAsync(QingyuanDb db, TargetDraft draft, FrameId begin, Actor actor, CancellationToken ct)
    {
        var row = await db.Set<TargetRow>().SingleOrDefaultAsync(each => each.Name == draft.Name, ct);
        if (draft is { Kind: TargetKind.Government, Enabled: true } && (row is null || !await db.Set<ConsentRow>().AnyAsync(each => each.TargetId == row.Id, ct))) return new("forward.consent-required");
        var isNew = row is null;
        if (row is null) db.Add(row = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Name = draft.Name });
        (row.Kind, row.Host, row.Port, row.Tls, row.CertificateSha256) = (draft.Kind, draft.Host, draft.Port, draft.Tls, draft.CertificateSha256?.ToLowerInvariant());
        (row.Edition, row.ByteExact, row.WantsReply, row.Window, row.GapMilliseconds) = (draft.Edition, draft.ByteExact, draft.WantsReply, draft.Window, draft.GapMilliseconds);
        (row.NewFirst, row.Commands, row.Enabled) = (draft.NewFirst, string.Join(',', draft.Commands.Distinct().Order()), draft.Enabled);
        // What is not to go there any more is not tried either.
        await db.Set<LaneRow>().Where(lane => lane.TargetId == row.Id && lane.Command != 0 && !draft.Commands.Contains(lane.Command)).ExecuteDeleteAsync(ct);
        if (draft.Edition is not 2025 || draft.ByteExact) row.Key = null;
        else if (draft.Key is { } key) row.Key = key.Length is 0 ? null : protector.Protect(Encoding.ASCII.GetBytes(key));
        row.Version++;
        if (isNew) db.Add(new PositionRow { TargetId = row.Id, Batch = begin.Batch, Ordinal = begin.Ordinal });
        await StationsAsync(db, row, draft.Stations, ct);
        Record(db, "target", draft.Name, actor, Body(row, draft));
        return null;
    }

    private async Task StationsAsync(QingyuanDb db, TargetRow row, IReadOnlyList<ForwardedStation> wanted, CancellationToken ct)
    {
        var stored = await db.Set<ForwardedStationRow>().Where(each => each.TargetId == row.Id).ToDictionaryAsync(each => each.StationNo, ct);
        foreach (var each in wanted)
        {
            var no = stations.Find(each.Mn)!.StationNo;
            if (!stored.Remove(no, out var member)) db.Add(member = new() { TargetId = row.Id, StationNo = no });
            member.TargetMn = string.IsNullOrEmpty(each.TargetMn) ? null : each.TargetMn;
            if (each.TargetPassword is { } password) member.Password = password.Length is 0 ? null : protector.Protect(Encoding.UTF8.GetBytes(password));
        }

        db.RemoveRange(stored.Values);
    }

    /// <summary>The place in the log after which forwarding begins.</summary>
    private async Task<FrameId> BeginAsync(DateTimeOffset? from, CancellationToken ct)
    {
        var now = new FrameId(tail.Last, int.MaxValue);
        if (from is null) return now;
        var first = (await frames.ListAsync(new(null, from, null, Limit: 1), ct)).Items;
        return first is [{ Id: var id }] ? new(id.Batch, id.Ordinal - 1) : now;
    }

    private async Task<Result<TargetView>> SavedAsync(string name, CancellationToken ct)
    {
        forwarder.Wake();
        return (await ListAsync(ct)).Single(target => target.Name == name);
    }

    private void Record(QingyuanDb db, string what, string name, Actor actor, JsonObject body) =>
        ledger.Record(db, new($"setting.forward.{what}", $"forward-target:{name}", null, null, actor, clock.GetUtcNow(), body));

    private static JsonObject Body(TargetRow row, TargetDraft draft) => new()
    {
        ["kind"] = AlarmTexts.Code(row.Kind), ["host"] = row.Host, ["port"] = Text(row.Port), ["tls"] = row.Tls, ["edition"] = Text(row.Edition), ["byteExact"] = row.ByteExact, ["wantsReply"] = row.WantsReply,
        ["window"] = Text(row.Window), ["gapMilliseconds"] = Text(row.GapMilliseconds), ["newFirst"] = row.NewFirst, ["commands"] = row.Commands, ["encrypted"] = row.Key is not null, ["enabled"] = row.Enabled,
        ["stations"] = new JsonArray([.. draft.Stations.Select(each => (JsonNode?)string.Create(CultureInfo.InvariantCulture, $"{each.Mn} > {each.TargetMn ?? each.Mn}"))]),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private TargetView View(TargetRow row, IEnumerable<ForwardedStationRow> members, PositionRow position, IEnumerable<LaneRow> lanes, ConsentView? consent)
    {
        var state = row.Enabled ? states.Of(row.Id) : null;
        return new(
            row.Id, row.Name, row.Kind, row.Host, row.Port, row.Tls, row.CertificateSha256, row.Edition, row.ByteExact, row.WantsReply, row.Window, row.GapMilliseconds, row.NewFirst,
            [.. TargetStore.Numbers(row.Commands)], row.Key is not null, row.Enabled, [.. members.Select(each => new ForwardedStation(stations.Get(each.StationNo)?.Mn ?? "", each.TargetMn))], consent,
            state?.Phase ?? TargetPhase.Off, state?.Since, state?.Trouble, position.Delivered, position.LeftOut, position.Through,
            [.. lanes.Select(lane => new LaneView(lane.Kind, lane.Command is 0 ? null : lane.Command, lane.Since, lane.Through))]);
    }
}
