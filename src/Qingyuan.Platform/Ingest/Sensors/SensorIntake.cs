using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Ingest.Session;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Sensors;

/// <summary>How taking a report ended.</summary>
/// <param name="Frame">Where it is kept, when it is.</param>
/// <param name="Fault">The member that is wrong and what it must be; null when nothing is.</param>
internal readonly record struct SensorTaken(FrameId? Frame, (string Field, string Expected)? Fault);

/// <summary>Takes reports of doors, meters and shelter sensors, whatever they come over: the same sender check, the same log, acknowledged only when durable.</summary>
internal sealed class SensorIntake(IStationDirectory stations, IFrameLog log, SessionRegistry sessions, IngestCounters counters, TimeProvider time)
{
    /// <summary>The station a sender speaks for: by its MN and the password its logger has. Null for anyone else.</summary>
    public StationAccess? Sender(string? mn, string? password, IPAddress? remote)
    {
        if (mn is null || password is null || stations.FindAccess(mn) is not { } access) return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(password), access.Password)) return null;
        return access.AllowedNetworks.Count is 0 || (remote is not null && access.AllowedNetworks.Any(network => network.Contains(remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote))) ? access : null;
    }

    /// <summary>Stores and returns when it is durable. A repeat of lately stored bytes is acknowledged and counts once.</summary>
    /// <exception cref="FramesNotStoredException">The world: nothing may be acknowledged.</exception>
    public async Task<SensorTaken> TakeAsync(StationAccess sender, ReadOnlyMemory<byte> bytes, string source, CancellationToken ct)
    {
        if (SensorReport.TryRead(bytes.Span, out _) is { } fault) return new(null, fault);
        var (session, hash) = (sessions.Of(sender.StationNo), FrameHash.Of(bytes.Span));
        var first = session.FirstCopy(hash, bytes.Span);
        var verdict = first is null ? FrameVerdict.Accepted : FrameVerdict.Repeated;
        counters.Frame(verdict, first is null ? IntakeReason.None : IntakeReason.EqualBytes);
        var receipt = await log.AppendAsync(new(sender.StationNo, sender.Mn, time.GetUtcNow(), verdict, first is null ? null : IntakeReason.EqualBytes.Code(), source), new ReadOnlySequence<byte>(bytes), ct);
        if (first is null) session.Remember(hash, bytes.Span, receipt.Durable);
        try
        {
            await receipt.Durable;
            if (first is not null) await first;
        }
        catch (FramesNotStoredException)
        {
            counters.Durable(0, 0, 0, 1);
            throw;
        }

        counters.Durable(receipt.Id.Batch, 1, 1, 0);
        return new(receipt.Id, null);
    }
}
