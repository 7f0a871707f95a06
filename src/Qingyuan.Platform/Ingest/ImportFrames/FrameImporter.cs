using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Segments;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Ingest.Session;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Ingest.ImportFrames;

/// <summary>Stores the frames of an archive as imported. They reach their twins the same way as live ones; nothing here decodes a value.</summary>
internal sealed class FrameImporter(IFrameLog log, IStationDirectory stations, IElectronicLedger ledger, ILedgerReader entries, IDatabase database, TimeProvider time) : IFrameImport
{
    private const string Begun = "frames.import.begun";
    private const string Done = "frames.import.done";

    public async Task<Result<FrameImportResult>> ImportAsync(Stream archive, string name, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(archive);
        var sha256 = await HashAsync(archive, ct);
        var subject = Subject(sha256);
        if (await IsDoneAsync(sha256, ct)) return new Refusal("import.already-done", name);

        var id = Guid.CreateVersion7();
        await RecordAsync(Begun, subject, actor, new() { ["import"] = id.ToString(), ["file"] = name, ["sha256"] = sha256 }, ct);
        var result = (await StoreAsync(archive, "import:" + id, ct)).Result(id, sha256);
        await RecordAsync(Done, subject, actor, Body(result, name), ct);
        return result;
    }

    public async Task<FrameImportPreview> PreviewAsync(Stream archive, int mostNamed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(archive);
        var sha256 = await HashAsync(archive, ct);
        var tally = new ImportTally(mostNamed);
        await foreach (var line in ArchiveLines.ReadAsync(archive, ct)) tally.Add(Judge(line).Reason);
        return tally.Preview(sha256, await IsDoneAsync(sha256, ct));
    }

    private static async Task<string> HashAsync(Stream archive, CancellationToken ct)
    {
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(archive, ct));
        archive.Position = 0;
        return sha256;
    }

    private async Task<bool> IsDoneAsync(string sha256, CancellationToken ct) => (await entries.ListAsync(new(Subject: Subject(sha256), KindPrefix: Done, Limit: 1), ct)).Items.Count > 0;

    private static string Subject(string sha256) => "frame-archive:" + sha256;

    private async Task<ImportTally> StoreAsync(Stream archive, string source, CancellationToken ct)
    {
        var tally = new ImportTally();
        var durable = Task.CompletedTask;
        await foreach (var line in ArchiveLines.ReadAsync(archive, ct))
        {
            var (reason, station) = Judge(line);
            if (station is not null)
            {
                var arrival = new FrameArrival(station.StationNo, station.Mn, time.GetUtcNow(), FrameVerdict.Imported, null, source);
                var receipt = await log.AppendAsync(arrival, new(line), ct);
                if (!ReferenceEquals(receipt.Durable, durable)) await durable;
                durable = receipt.Durable;
            }

            tally.Add(reason);
        }

        await durable;
        return tally;
    }

    /// <summary>The archive's owner vouches for it, so passwords and addresses are not asked; shape, check value and MN are.</summary>
    private (IntakeReason Reason, StationAccess? Station) Judge(byte[] line)
    {
        var buffer = new ReadOnlySequence<byte>(line);
        if (FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended) is not FrameStatus.Complete)
            return (cut.Why is FrameRejection.None ? IntakeReason.NoHeader : IntakeReasons.Of(cut.Why), null);
        if (!buffer.IsEmpty) return (IntakeReason.NoTail, null);
        if (!SegmentHeader.TryParse(cut.SegmentSpan([]), out var header, out _)) return (IntakeReason.HeaderUnreadable, null);
        if (header.Mn.Length > UnknownStations.LongestMn) return (IntakeReason.UnknownMn, null);
        Span<char> mn = stackalloc char[UnknownStations.LongestMn];
        var station = stations.FindAccess(mn[..Encoding.Latin1.GetChars(header.Mn, mn)]);
        return station is null ? (IntakeReason.UnknownMn, null) : (IntakeReason.None, station);
    }

    private Task<bool> RecordAsync(string kind, string subject, Actor actor, JsonObject body, CancellationToken ct) => database.WriteAsync(
        (db, _) =>
        {
            ledger.Record(db, new(kind, subject, null, null, actor, time.GetUtcNow(), body.DeepClone().AsObject()));
            return Task.FromResult(true);
        },
        ct);

    private static JsonObject Body(FrameImportResult result, string name) => new()
    {
        ["import"] = result.Id.ToString(),
        ["file"] = name,
        ["sha256"] = result.Sha256,
        ["lines"] = Text(result.Lines),
        ["imported"] = Text(result.Imported),
        ["refused"] = new JsonObject(result.Refused.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, Text(pair.Value)))),
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
