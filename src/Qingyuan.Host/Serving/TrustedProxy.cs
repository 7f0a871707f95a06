using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Qingyuan.Host.Serving;

/// <summary>What <c>--behind-proxy</c> believes: one hop, and only from a proxy on this machine. Who else sends the headers is taken for what its socket says.</summary>
internal static class TrustedProxy
{
    public static ForwardedHeadersOptions Options()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Add(new System.Net.IPNetwork(IPAddress.Parse("127.0.0.0"), 8));
        options.KnownProxies.Add(IPAddress.IPv6Loopback);
        return options;
    }
}
