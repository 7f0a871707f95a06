using Npgsql;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>Tells a database that cannot be asked at the moment from one that answered no, which is a bug.</summary>
internal static class DatabaseAway
{
    public static bool Is(Exception error) => error switch
    {
        PostgresException answered => IsNoAnswer(answered.SqlState),
        NpgsqlException => true, // not reached, lost on the way, or silent for too long
        AggregateException several => several.InnerExceptions.Any(Is),
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };

    // Connection (08), resources (53), ended or not yet begun (57P), the server's own disk (58).
    private static bool IsNoAnswer(string state) => state.Length >= 3 && (state[..2] is "08" or "53" or "58" || state[..3] is "57P");
}
