using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Ingest.Session;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Sensors;

/// <summary>How taking a report ended.</summary>
/// <param name="Frame">Where it is kept, when it is.</param>
/// <param name="Fault">The member that is wrong and what it must be; null when nothing is.</param>
internal readonly record struct SensorTaken(FrameId? Frame, FieldFault? Fault);

/// <summary>Takes reports of doors, meters and shelter sensors, whatever they come over: the same sender check, the same log, acknowledged only when durable.</summary>
internal sealed class SensorIntake(
    IStationDirectory stations, IFrameLog log, SessionRegistry sessions, UnknownStations unknown, QuarantineBudget quarantine, IngestCounters counters, TimeProvider time)
{
    /// <summary>The station a sender speaks for: by its MN and the password its logger has. Null for anyone else.</summary>
    public StationAccess? Sender(string? mn, string? password, IPAddress? remote)
    {
        if (mn is null || password is null || stations.FindAccess(mn) is not { } access) return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(password), access.Password)) return null;
        return MayCall(access, remote) ? access : null;
    }

    /// <summary>Stores and returns when it is durable. A repeat of lately stored bytes is acknowledged and counts once.</summary>
    /// <exception cref="FramesNotStoredException">The world: nothing may be acknowledged.</exception>
    public async Task<SensorTaken> TakeAsync(StationAccess sender, ReadOnlyMemory<byte> bytes, string source, CancellationToken ct)
    {
        if (SensorReport.TryRead(bytes.Span, out _) is { } fault) return new(null, fault);
        var (session, hash) = (sessions.Of(sender.StationNo), FrameHash.Of(bytes.Span));
        var first = session.FirstCopy(hash, bytes.Span);
        var verdict = first is null ? FrameVerdict.Accepted : FrameVerdict.Repeated;
        var receipt = await AppendAsync(sender.StationNo, sender.Mn, verdict, first is null ? IntakeReason.None : IntakeReason.EqualBytes, bytes, source, ct);
        if (first is null) session.Remember(hash, bytes.Span, receipt.Durable);
        return new(await DurableAsync(receipt, first), null);
    }

    /// <summary>Takes what came through a broker for the station its topic names. The sender is not there to be told, so what cannot be taken is kept with the reason.</summary>
    /// <exception cref="FramesNotStoredException">The world: nothing may be acknowledged.</exception>
    public async Task TakeNamedAsync(string mn, ReadOnlyMemory<byte> bytes, IPAddress broker, string source, CancellationToken ct)
    {
        var access = stations.FindAccess(mn);
        var refusal = access is null ? IntakeReason.UnknownMn : MayCall(access, broker) ? IntakeReason.None : IntakeReason.AddressNotAllowed;
        if (refusal is IntakeReason.None)
        {
            if ((await TakeAsync(access!, bytes, source, ct)).Fault is null) return;
            refusal = IntakeReason.ReportInvalid;
        }

        if (access is null && !quarantine.TryTake(broker, bytes.Length))
        {
            counters.Skipped(bytes.Length);
            counters.Count(IntakeReason.QuarantineFull);
            return;
        }

        var verdict = access is null ? FrameVerdict.Quarantined : FrameVerdict.Rejected;
        await DurableAsync(await AppendAsync(access?.StationNo ?? 0, access?.Mn ?? unknown.Note(mn, source), verdict, refusal, bytes, source, ct), null);
    }

    private async ValueTask<FrameReceipt> AppendAsync(int stationNo, string mn, FrameVerdict verdict, IntakeReason reason, ReadOnlyMemory<byte> bytes, string source, CancellationToken ct)
    {
        counters.Frame(verdict, reason);
        try
        {
            var receipt = await log.AppendAsync(new(stationNo, mn, time.GetUtcNow(), verdict, reason.Code(), source), new ReadOnlySequence<byte>(bytes), ct);
            counters.Waits();
            return receipt;
        }
        catch
        {
            counters.Count(IntakeReason.NotStored); // refused, or its sender left while there was no room
            throw;
        }
    }

    private async Task<FrameId> DurableAsync(FrameReceipt receipt, Task? first)
    {
        try
        {
            await receipt.Durable;
        }
        catch (FramesNotStoredException)
        {
            counters.Durable(0, 0, 0, 1);
            throw;
        }

        // A repeat is stored by now, and yet not acknowledged while its first copy is not.
        if (first is not null) await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        counters.Durable(receipt.Id.Batch, 1, first is null or { IsCompletedSuccessfully: true } ? 1 : 0, 0);
        if (first is not null) await first;
        return receipt.Id;
    }

    private static bool MayCall(StationAccess access, IPAddress? remote) =>
        access.AllowedNetworks.Count is 0 || (remote is not null && access.AllowedNetworks.Any(network => network.Contains(remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote)));
}
