using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>Where PostgreSQL is. Of several hosts only the primary is spoken to, whichever that is at the moment.</summary>
public static class DatabaseAddress
{
    /// <summary>Names of the sessions by which nodes hold or await their place begin with it; their machine and process follow.</summary>
    public const string NodeSession = "qingyuan-lease";

    /// <summary>Names of the other sessions of a node begin with it, and end as that does.</summary>
    public const string PoolSession = "qingyuan-node";

    private const string NotOfTheForm = "not a connection string: expected KEY=VALUE;KEY=VALUE, such as Host=db;Username=qingyuan;Database=qingyuan; a value with a semicolon stands in quotes";

    /// <summary>What PostgreSQL keeps of a session's name.</summary>
    private const int LongestSession = 63;

    /// <summary>A node among those on one database: its machine, of a long name as much as a session's name holds, and its process.</summary>
    public static string NodeName(string machine, int process)
    {
        ArgumentNullException.ThrowIfNull(machine);
        var end = string.Create(CultureInfo.InvariantCulture, $" {process}");
        var room = LongestSession - NodeSession.Length - 1 - end.Length;
        return (machine.Length > room ? machine[..room] : machine) + end;
    }

    /// <summary>The connection string with that said, unless it says what it wants itself.</summary>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    public static string Primary(string connection)
    {
        var address = new NpgsqlConnectionStringBuilder(connection);
        if (Hosts(address).Count < 2 || address.TargetSessionAttributes is not null) return connection;
        address.TargetSessionAttributes = "primary";
        return address.ToString();
    }

    /// <summary>The connection string with the node as the name of its sessions, unless it names them itself.</summary>
    public static string OfNode(string connection, string node)
    {
        var address = new NpgsqlConnectionStringBuilder(connection);
        if (address.ApplicationName is { Length: > 0 }) return connection;
        address.ApplicationName = $"{PoolSession} {node}";
        return address.ToString();
    }

    /// <summary>What is wrong with a connection string, by the key that is to blame and never by a value, which may be a password; null when it can be read.</summary>
    public static string? Fault(string connection)
    {
        if (Parts(connection) is not { } said) return NotOfTheForm;
        foreach (var key in said.Keys.Cast<string>())
            if (FaultOf(key, said[key]) is { } fault) return fault;
        return string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connection).Host) ? "it names no Host" : null;
    }

    /// <summary>Each host with its port.</summary>
    public static IReadOnlyList<(string Host, int Port)> Hosts(NpgsqlConnectionStringBuilder address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return [.. (address.Host ?? "").Split(',', StringSplitOptions.TrimEntries).Select(each => HostAndPort(each, address.Port))];
    }

    private static DbConnectionStringBuilder? Parts(string connection)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connection };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? FaultOf(string key, object value)
    {
        if (key.Contains(';', StringComparison.Ordinal)) return NotOfTheForm; // what stands before it may be half a password
        try
        {
            _ = new NpgsqlConnectionStringBuilder { [key] = value };
            return null;
        }
        catch (Exception error) when (error is ArgumentException or KeyNotFoundException or FormatException or InvalidCastException or OverflowException)
        {
            return error is KeyNotFoundException || error.InnerException is KeyNotFoundException ? $"a PostgreSQL connection has no key '{key}'" : $"key '{key}' has a value that it cannot have";
        }
    }

    // As Npgsql reads it: a path is a socket's folder, more than one colon an IPv6 address.
    private static (string Host, int Port) HostAndPort(string text, int port)
    {
        var colon = text.LastIndexOf(':');
        var hasPort = colon > 0 && !text.StartsWith('/') && (text.IndexOf(':', StringComparison.Ordinal) == colon || text[colon - 1] is ']');
        return hasPort && int.TryParse(text.AsSpan(colon + 1), out var own) ? (text[..colon], own) : (text, port);
    }
}
