using System.Globalization;
using DuckDB.NET.Data;

namespace Qingyuan.Workbench;

/// <summary>A database in memory that can read the files of the order and nothing else.</summary>
internal static class Engine
{
    /// <remarks>The order of the settings matters: what may be read is named before the door is shut, and the key is thrown away last.</remarks>
    public static DuckDBConnection Open(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var engine = new DuckDBConnection("Data Source=:memory:");
        engine.Open();
        foreach (var (name, files) in order.Views)
            Run(engine, $"CREATE VIEW {Name(name)} AS SELECT * FROM read_parquet([{string.Join(", ", files.Select(Text))}])");
        foreach (var setting in Settings(order)) Run(engine, setting);
        return engine;
    }

    private static IEnumerable<string> Settings(Order order) =>
    [
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET allow_community_extensions = false",
        "SET allow_persistent_secrets = false",
        Say($"SET memory_limit = '{order.MemoryMiB}MiB'"),
        Say($"SET threads = {order.Threads}"),
        "SET temp_directory = 'temp'",
        Say($"SET max_temp_directory_size = '{order.TempMiB}MiB'"),
        "SET TimeZone = 'Asia/Shanghai'", // what now() and casts of instants show: the stations' wall clock
        $"SET allowed_paths = [{string.Join(", ", order.Views.Values.SelectMany(files => files).Select(Text))}]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ];

    private static void Run(DuckDBConnection engine, string statement)
    {
        using var command = engine.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
