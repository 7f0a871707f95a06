using System.Collections;
using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;

namespace Qingyuan.Workbench;

/// <summary>Values as text: numbers whole and with a point, times as the stations' wall clock.</summary>
internal static class Cells
{
    private const string Moment = "yyyy-MM-dd HH:mm:ss.FFFFFF";

    /// <summary>One of five words: <c>text</c>, <c>integer</c>, <c>number</c>, <c>truth</c>, <c>time</c>. What a file can hold; the rest is text.</summary>
    public static string Type(DuckDBDataReader rows, int column)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var type = rows.GetFieldType(column);
        if (type == typeof(bool)) return "truth";
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset)) return "time";
        if (type == typeof(double) || type == typeof(float) || type == typeof(decimal) || type == typeof(BigInteger)) return "number";
        return type == typeof(sbyte) || type == typeof(byte) || type == typeof(short) || type == typeof(ushort) || type == typeof(int) || type == typeof(uint) || type == typeof(long) ? "integer" : "text";
    }

    public static string Text(object? value) => value switch
    {
        null or DBNull => "NULL",
        string text => text,
        bool truth => truth ? "true" : "false",
        DateTime { Kind: DateTimeKind.Utc } instant => instant.AddHours(8).ToString(Moment, CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString(Moment, CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToOffset(TimeSpan.FromHours(8)).ToString(Moment, CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        Stream bytes => Bytes(bytes),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        IDictionary pairs => $"{{{string.Join(", ", pairs.Keys.Cast<object>().Select(key => $"{Text(key)}: {Text(pairs[key])}"))}}}",
        IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Text))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Bytes(Stream bytes)
    {
        using var whole = new MemoryStream();
        bytes.CopyTo(whole);
        return Convert.ToHexStringLower(whole.ToArray());
    }
}
