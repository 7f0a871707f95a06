using System.Text.Json;
using Qingyuan.Platform.Analysis.Export;
using Qingyuan.Platform.Analysis.Sql.Running;

namespace Qingyuan.Platform.Analysis.Sql.Answers;

/// <summary>The rows of an answer, from its file.</summary>
internal static class AnswerExport
{
    /// <summary>A stream that deletes its file when it is closed.</summary>
    public static async Task<Stream> WriteAsync(ShelvedAnswer answer, string format, CancellationToken ct)
    {
        var file = new FileStream(
            $"{answer.File}.{Guid.CreateVersion7():N}.{format}", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 << 10, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await TableExport.WriteAsync(format, [.. answer.Columns.Select(column => (column.Name, column.Type))], Rows(answer), file, ct);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static IEnumerable<string?[]> Rows(ShelvedAnswer answer) => File.ReadLines(answer.File).Select(line => JsonSerializer.Deserialize(line, WorkbenchJson.Default.StringArray)!);
}
