using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Qingyuan.Host.Commands;

/// <summary>Tells failures of disk, network and database from bugs. Only the former end in a sentence; a bug keeps its stack.</summary>
internal static class WorldFailure
{
    public static string? Explain(Exception error) => error switch
    {
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        AddressInUseException or { InnerException: AddressInUseException } => error.Message,
        NpgsqlException or SqliteException => $"database: {error.Message}",
        IOException or UnauthorizedAccessException or SocketException => error.Message,
        { InnerException: { } inner } => Explain(inner),
        _ => null,
    };
}
