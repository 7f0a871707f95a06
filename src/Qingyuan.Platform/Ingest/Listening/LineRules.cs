using System.Net;

namespace Qingyuan.Platform.Ingest.Listening;

/// <summary>Who may call at one listener, and how bytes travel there. What it does not say, all listeners together decide.</summary>
/// <param name="Encrypted">TLS; the standard itself knows none.</param>
/// <param name="KnowsCallers">Callers show a certificate.</param>
/// <param name="AllowedNetworks">Empty: any address.</param>
/// <param name="Limits">Of this listener alone, besides those of all.</param>
public sealed record LineRules(bool Encrypted, bool KnowsCallers, IReadOnlyList<IPNetwork> AllowedNetworks, AcceptLimits? Limits)
{
    public static LineRules Open { get; } = new(false, false, [], null);

    public bool Allows(IPAddress address) => AllowedNetworks.Count is 0 || AllowedNetworks.Any(network => network.Contains(address));
}
