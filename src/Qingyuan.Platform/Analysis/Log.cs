using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Analysis;

/// <summary>What the slice says to operators. Highest event id: 1604.</summary>
internal static partial class Log
{
    [LoggerMessage(1601, LogLevel.Information, "{Actor} prepared a data set: {Query}; {Stations} stations, {Values} values.")]
    public static partial void SqlPrepared(this ILogger log, string actor, string query, int stations, long values);

    [LoggerMessage(1602, LogLevel.Information, "{Actor} ran SQL over {Query}: {Sql}; {Outcome}, {Rows} rows, {Milliseconds} ms.")]
    public static partial void SqlRan(this ILogger log, string actor, string query, string sql, string outcome, long rows, long milliseconds);

    [LoggerMessage(1603, LogLevel.Information, "{Actor} exported the answer {Answer} as {Format}.")]
    public static partial void SqlExported(this ILogger log, string actor, Guid answer, string format);

    [LoggerMessage(1604, LogLevel.Warning, "The workbench ended with {Code} before its answer did: {Words}")]
    public static partial void WorkbenchEnded(this ILogger log, int code, string words);
}
