using System.Text.Json;
using Qingyuan.Platform.Exchange.Contracts;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Rows of imports as contracts, and back.</summary>
internal static class ImportViews
{
    public static ImportView View(this ImportRow row, bool withPreview = false) => new(
        row.Id, row.Kind, row.State, row.FileName, row.Length, row.Sha256, row.Rows, row.Good, row.Wrong, row.Repeated, row.Contradicting, row.Ignored.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        row.By, row.At, row.ConfirmedBy, row.ConfirmedAt, row.EndedBy, row.EndedAt, row.Reason)
    {
        Preview = withPreview ? JsonSerializer.Deserialize<List<RowPreview>>(row.Preview) ?? [] : [],
    };

    public static string Json(IReadOnlyList<RowPreview> preview) => JsonSerializer.Serialize(preview);

    public static ImportNoteRow Row(this RowNote note, long importNo, int seq) =>
        new() { ImportNo = importNo, Seq = seq, Row = note.Row, Column = note.Column, Remark = note.Remark, Code = note.Code, Args = JsonSerializer.Serialize(note.Args) };

    public static RowNote View(this ImportNoteRow row) => new(row.Row, row.Column, row.Remark, row.Code, JsonSerializer.Deserialize<List<string>>(row.Args) ?? []);
}
