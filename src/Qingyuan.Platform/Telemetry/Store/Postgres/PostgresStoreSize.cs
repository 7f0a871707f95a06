using System.Globalization;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary>What the server says of the schema's tables, indexes and outside blobs included.</summary>
internal sealed class PostgresStoreSize(PostgresTables tables) : IStoreSize
{
    public IReadOnlyDictionary<int, long> Months()
    {
        var months = new Dictionary<int, long>();
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, "SELECT relname::text, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'telemetry'::regnamespace");
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var name = row.GetString(0);
            var month = name.Length > 7 && DateTime.TryParseExact(name[^7..], "yyyy_MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var stamp) ? MonthName.Number(stamp) : 0;
            months[month] = months.GetValueOrDefault(month) + row.GetInt64(1);
        }

        return months;
    }
}
