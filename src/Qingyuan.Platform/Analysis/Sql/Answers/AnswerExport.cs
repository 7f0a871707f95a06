using System.Text.Json;
using Qingyuan.Platform.Analysis.Export;
using Qingyuan.Platform.Analysis.Sql.Running;

namespace Qingyuan.Platform.Analysis.Sql.Answers;

/// <summary>The rows of an answer, from its file.</summary>
internal static class AnswerExport
{
    /// <summary>A stream that deletes its file when it is closed.</summary>
    public static Task<Stream> WriteAsync(ShelvedAnswer answer, string format, CancellationToken ct) =>
        TableExport.WriteFileAsync($"{answer.File}.{Guid.CreateVersion7():N}.{format}", format, [.. answer.Columns.Select(column => (column.Name, column.Type))], Rows(answer), ct);

    private static IEnumerable<string?[]> Rows(ShelvedAnswer answer) => File.ReadLines(answer.File).Select(line => JsonSerializer.Deserialize(line, WorkbenchJson.Default.StringArray)!);
}
