using Npgsql;

namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>Where PostgreSQL is. Of several hosts only the primary is spoken to, whichever that is at the moment.</summary>
public static class DatabaseAddress
{
    /// <summary>Names of the sessions by which nodes hold or await their place begin with it; their machine and process follow.</summary>
    public const string NodeSession = "qingyuan-lease";

    /// <summary>The connection string with that said, unless it says what it wants itself.</summary>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    public static string Primary(string connection)
    {
        var address = new NpgsqlConnectionStringBuilder(connection);
        if (Hosts(address).Count < 2 || address.TargetSessionAttributes is not null) return connection;
        address.TargetSessionAttributes = "primary";
        return address.ToString();
    }

    /// <summary>Each host with its port.</summary>
    public static IReadOnlyList<(string Host, int Port)> Hosts(NpgsqlConnectionStringBuilder address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return [.. (address.Host ?? "").Split(',', StringSplitOptions.TrimEntries).Select(each => HostAndPort(each, address.Port))];
    }

    // As Npgsql reads it: a path is a socket's folder, more than one colon an IPv6 address.
    private static (string Host, int Port) HostAndPort(string text, int port)
    {
        var colon = text.LastIndexOf(':');
        var hasPort = colon > 0 && !text.StartsWith('/') && (text.IndexOf(':', StringComparison.Ordinal) == colon || text[colon - 1] is ']');
        return hasPort && int.TryParse(text.AsSpan(colon + 1), out var own) ? (text[..colon], own) : (text, port);
    }
}
