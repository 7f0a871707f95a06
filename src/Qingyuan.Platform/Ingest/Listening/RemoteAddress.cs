using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Qingyuan.Platform.Ingest.Listening;

internal static class RemoteAddress
{
    /// <summary>Who calls; an IPv4 address that came through an IPv6 socket as IPv4, because rules are written that way.</summary>
    public static IPAddress Of(ConnectionContext connection)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
