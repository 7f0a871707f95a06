using System.Globalization;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Sql.Running;

/// <summary>The child's troubles as refusals; the engine's own words stay in them.</summary>
internal static class Refusals
{
    private const string Field = "sql";

    public static Refusal Of(WorkbenchTrouble trouble) => trouble.Kind switch
    {
        "syntax" => new("sql.syntax-invalid", Field, Line(trouble), trouble.Message),
        "select-only" => new("sql.select-only-invalid", Field),
        "outside" => new("sql.outside-invalid", Field, Line(trouble), trouble.Message),
        "query" => new("sql.query-invalid", Field, Line(trouble), trouble.Message),
        "value" => new("sql.value-invalid", Field, trouble.Message),
        "memory" => new("sql.too-much-memory"),
        "unavailable" => new("sql.unavailable", trouble.Message),
        _ => new("sql.ended", trouble.Message),
    };

    /// <param name="longest">Bytes a row may have.</param>
    public static Refusal RowTooLong(int longest) => new("sql.row-invalid", Field, longest >> 20);

    private static string Line(WorkbenchTrouble trouble) => trouble.Line > 0 ? trouble.Line.ToString(CultureInfo.InvariantCulture) : "?";
}
