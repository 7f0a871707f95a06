using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Qingyuan.Workbench;

/// <summary>One order, one answer.</summary>
internal static class Session
{
    /// <returns>Exit code: 0 answered, 1 refused, 2 the order cannot be read, 3 the engine is not there.</returns>
    public static async Task<int> RunAsync(Stream input, Stream output)
    {
        using var told = new RowWriter(output);
        using var orders = new StreamReader(input, Encoding.UTF8);
        Order? order;
        try
        {
            order = JsonSerializer.Deserialize(await orders.ReadLineAsync() ?? "", MessageJson.Default.Order);
        }
        catch (JsonException error)
        {
            return told.Fail(new(Kinds.Order, 0, error.Message), 2);
        }

        if (order is null) return told.Fail(new(Kinds.Order, 0, "empty"), 2);
        Isolation.EndWith(orders);
        return Answer(order, told);
    }

    private static int Answer(Order order, RowWriter told)
    {
        try
        {
            using var engine = Engine.Open(order);
            var watch = Stopwatch.StartNew();
            if (Gate.Refuse(engine, order.Sql) is { } refused) return told.Fail(refused, 1);
            using var command = engine.CreateCommand();
            command.CommandText = order.Sql;
            command.UseStreamingMode = true; // the engine must not gather the whole answer first
            using var rows = command.ExecuteReader();
            told.Rows(rows, order, watch);
            return 0;
        }
        catch (RowException error)
        {
            return told.Fail(new(Kinds.Value, 0, error.Message), 1);
        }
        catch (DuckDBException error)
        {
            return told.Fail(Troubles.Of(error.Message), 1);
        }
        catch (OutOfMemoryException error)
        {
            return told.Fail(new(Kinds.Memory, 0, error.Message), 1);
        }
        catch (Exception error) when (Missing(error) is { } missing)
        {
            return told.Fail(new(Kinds.Unavailable, 0, missing.Message), 3);
        }
    }

    // Thrown by whatever touches the library first, wrapped as often as types are initialised on the way.
    private static Exception? Missing(Exception error)
    {
        for (var at = error; at is not null; at = at.InnerException!)
            if (at is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException) return at;
        return null;
    }
}
