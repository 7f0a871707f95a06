using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Qingyuan.Workbench;

/// <summary>A value cannot be told.</summary>
internal sealed class RowException(string message) : Exception(message);

/// <summary>The answer on standard output, one JSON line each: columns, rows as arrays of texts, the end.</summary>
internal sealed class RowWriter(Stream output) : IDisposable
{
    private const int FlushAt = 64 << 10;
    private const int LongestCell = 1 << 20;

    private readonly ArrayBufferWriter<byte> _pending = new(2 * FlushAt);
    private long _told;

    public void Rows(DuckDBDataReader rows, Order order, Stopwatch watch)
    {
        var (count, cut) = (0L, (string?)null);
        var columns = Columns(rows);
        Line(JsonSerializer.SerializeToUtf8Bytes(new Head(columns), MessageJson.Default.Head));
        while (rows.Read())
        {
            if (count == order.Rows || _told > order.Bytes)
            {
                cut = count == order.Rows ? "rows" : "bytes";
                break;
            }

            Row(rows, columns);
            count++;
        }

        Line(JsonSerializer.SerializeToUtf8Bytes(new End(new(count, cut, watch.ElapsedMilliseconds)), MessageJson.Default.End));
        Flush();
    }

    public int Fail(Trouble trouble, int exit)
    {
        Line(JsonSerializer.SerializeToUtf8Bytes(new Failed(trouble), MessageJson.Default.Failed));
        Flush();
        return exit;
    }

    public void Dispose() => output.Dispose();

    private void Row(DuckDBDataReader rows, List<Column> columns)
    {
        // All cells first: a row that cannot be told must not be half written.
        var cells = columns.Select((column, at) => rows.IsDBNull(at) ? null : Cell(rows, at, column.Name)).ToArray();
        using (var json = new Utf8JsonWriter(_pending))
        {
            json.WriteStartArray();
            foreach (var cell in cells) json.WriteStringValue(cell); // null is NULL
            json.WriteEndArray();
        }

        Break();
    }

    private static string Cell(DuckDBDataReader rows, int column, string name)
    {
        try
        {
            var text = Cells.Text(rows.GetValue(column));
            return text.Length <= LongestCell ? text : throw new RowException($"{name}: longer than {LongestCell} characters");
        }
        catch (Exception error) when (error is OverflowException or InvalidOperationException or InvalidCastException)
        {
            // Such as a decimal of 38 digits or the date "infinity": as text it can be told.
            throw new RowException($"{name}: CAST({name} AS VARCHAR)");
        }
    }

    /// <summary>Names that are told once: the files made of an answer know columns by name.</summary>
    private static List<Column> Columns(DuckDBDataReader rows)
    {
        var (columns, seen) = (new List<Column>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        for (var at = 0; at < rows.FieldCount; at++)
        {
            var name = rows.GetName(at);
            for (var copy = 1; !seen.Add(name); copy++) name = $"{rows.GetName(at)}_{copy}";
            columns.Add(new(name, Cells.Type(rows, at)));
        }

        return columns;
    }

    private void Line(ReadOnlySpan<byte> json)
    {
        _pending.Write(json);
        Break();
    }

    private void Break()
    {
        _pending.Write("\n"u8);
        if (_pending.WrittenCount >= FlushAt) Flush();
    }

    private void Flush()
    {
        _told += _pending.WrittenCount;
        output.Write(_pending.WrittenSpan);
        output.Flush();
        _pending.ResetWrittenCount();
    }
}
