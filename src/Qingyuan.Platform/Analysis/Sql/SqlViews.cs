using System.Reflection;
using System.Text.Json.Serialization;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Sql.DataSets;

namespace Qingyuan.Platform.Analysis.Sql;

/// <summary>The views and their columns, read from the rows that are written, so that the two cannot differ.</summary>
internal static class SqlViews
{
    public const string Stations = "stations";
    public const string Readings = "readings";
    public const string Limits = "limits";
    public const string Alarms = "alarms";
    public const string WorkOrders = "work_orders";

    public static IReadOnlyList<SqlView> All { get; } =
        [Of<StationCells>(Stations), Of<ReadingCells>(Readings), Of<LimitCells>(Limits), Of<AlarmCells>(Alarms), Of<WorkOrderCells>(WorkOrders)];

    /// <summary>The one file of a view, in the folder of its data set.</summary>
    public static string File(string view) => view + ".parquet";

    private static SqlView Of<T>(string name) =>
        new(name, [.. typeof(T).GetProperties().Select(column => new SqlColumn(column.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name, TypeOf(Nullable.GetUnderlyingType(column.PropertyType) ?? column.PropertyType)))]);

    private static string TypeOf(Type type) =>
        type == typeof(bool) ? "truth" : type == typeof(DateTime) ? "time" : type == typeof(double) ? "number" : type == typeof(int) ? "integer" : "text";
}
