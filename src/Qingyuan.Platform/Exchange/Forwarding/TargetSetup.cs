using Qingyuan.Hj212.Relaying;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>A target ready to be forwarded to: secrets opened, rules as sets.</summary>
/// <param name="Version">Of the row: another one means that the line begins anew.</param>
/// <param name="Profiles">By station number; only stations that may go there.</param>
internal sealed record TargetSetup(
    Guid Id, long Version, string Name, string Host, int Port, bool Tls, string? CertificateSha256, bool ByteExact, int Window, TimeSpan Gap, IReadOnlySet<int> Commands,
    IReadOnlyDictionary<int, RelayProfile> Profiles, FrameId Position);
