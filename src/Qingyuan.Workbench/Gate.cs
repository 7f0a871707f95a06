using System.Globalization;
using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Qingyuan.Workbench;

/// <summary>Lets one SELECT through, judged on the tree that the engine's own parser makes of it.</summary>
/// <remarks>
/// The locked settings alone do not suffice: a SELECT may call table functions, and some of those change settings in spite of the lock (<c>enable_logging</c>), or carry
/// another statement inside a text (<c>query</c>, <c>json_execute_serialized_sql</c>). So table functions are taken from a short list of harmless ones.
/// </remarks>
internal static class Gate
{
    private static readonly HashSet<string> TableFunctions = new(StringComparer.OrdinalIgnoreCase)
    {
        "range", "generate_series", "unnest", "repeat", "json_each", "json_tree", "duckdb_columns", "duckdb_tables", "duckdb_views", "duckdb_functions", "duckdb_types", "duckdb_keywords", "histogram", "histogram_values",
    };

    /// <summary>Functions that tell about the machine or write elsewhere than into the answer.</summary>
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase) { "current_setting", "getenv", "write_log", "which_secret" };

    /// <returns>Null when the statement may run.</returns>
    public static Trouble? Refuse(DuckDBConnection engine, string sql)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(sql);
        using var tree = JsonDocument.Parse(Tree(engine, sql), new() { MaxDepth = 10_000 });
        if (tree.RootElement.GetProperty("error").GetBoolean()) return Unread(tree.RootElement, sql);
        var statements = tree.RootElement.GetProperty("statements").GetArrayLength();
        if (statements is not 1) return new(Kinds.SelectOnly, 0, string.Create(CultureInfo.InvariantCulture, $"{statements} statements"));
        return Calls(tree.RootElement) is { } call ? new(Kinds.Outside, LineOf(sql, call.At), call.Name) : null;
    }

    private static string Tree(DuckDBConnection engine, string sql)
    {
        using var command = engine.CreateCommand();
        command.CommandText = "SELECT json_serialize_sql($1::VARCHAR)::VARCHAR";
        command.Parameters.Add(new DuckDBParameter(sql));
        return (string)command.ExecuteScalar()!;
    }

    // The parser makes a tree of SELECT statements only, and says so of others.
    private static Trouble Unread(JsonElement said, string sql)
    {
        var message = said.GetProperty("error_message").GetString() ?? "";
        if (said.GetProperty("error_type").GetString() is not "parser") return new(Kinds.SelectOnly, 0, message);
        var at = said.TryGetProperty("position", out var position) && long.TryParse(position.GetString(), CultureInfo.InvariantCulture, out var place) ? place : -1;
        return new(Kinds.Syntax, LineOf(sql, at), message);
    }

    private static (string Name, long At)? Calls(JsonElement node)
    {
        if (node.ValueKind is JsonValueKind.Array)
        {
            foreach (var each in node.EnumerateArray())
                if (Calls(each) is { } inside) return inside;
            return null;
        }

        if (node.ValueKind is not JsonValueKind.Object) return null;
        if (Forbidden(node) is { } call) return call;
        foreach (var member in node.EnumerateObject())
            if (Calls(member.Value) is { } inside) return inside;
        return null;
    }

    private static (string Name, long At)? Forbidden(JsonElement node)
    {
        var type = node.TryGetProperty("type", out var kind) && kind.ValueKind is JsonValueKind.String ? kind.GetString() : null;
        if (type is "TABLE_FUNCTION" && (Named(node.GetProperty("function")) is not { } table || !TableFunctions.Contains(table))) return (Named(node.GetProperty("function")) ?? "?", At(node));
        if (type is "FUNCTION" && Named(node) is { } called && Refused.Contains(called)) return (called, At(node));
        return null;
    }

    private static string? Named(JsonElement function) => function.TryGetProperty("function_name", out var name) ? name.GetString() : null;

    private static long At(JsonElement node) => node.TryGetProperty("query_location", out var at) && at.TryGetInt64(out var place) ? place : -1;

    /// <summary>Line of a place that is counted in bytes; 0 when it is unknown.</summary>
    private static int LineOf(string sql, long at)
    {
        var bytes = Encoding.UTF8.GetBytes(sql);
        return at < 0 || at > bytes.Length ? 0 : 1 + bytes.AsSpan(0, (int)at).Count((byte)'\n');
    }
}
