using Qingyuan.Hj212.Relaying;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>A target ready to be forwarded to: secrets opened, rules as sets.</summary>
/// <param name="Version">Of the row: another one means that the line begins anew.</param>
/// <param name="NewFirst">What comes now goes before what waited.</param>
/// <param name="Profiles">By station number; only stations that may go there.</param>
/// <param name="Places">Where it stands in the log: the live lane first.</param>
internal sealed record TargetSetup(
    Guid Id, long Version, string Name, string Host, int Port, bool Tls, string? CertificateSha256, bool ByteExact, int Window, TimeSpan Gap, bool NewFirst, IReadOnlySet<int> Commands,
    IReadOnlyDictionary<int, RelayProfile> Profiles, IReadOnlyList<Place> Places);
