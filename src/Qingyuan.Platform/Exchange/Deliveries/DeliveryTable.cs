using System.Text;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>The values of one period, in the order in which they go into the file. They lie aside and not in memory: what heads the file, their number and digest, is known only after the last of them.</summary>
internal sealed class DeliveryTable
{
    /// <summary>A sheet of a workbook holds little more.</summary>
    public const int MostRows = 1_000_000;

    private readonly Stream _aside;

    private DeliveryTable(Stream aside, int stations, int count, string digest) => (_aside, Stations, Count, Digest) = (aside, stations, count, digest);

    /// <summary>Names are part of what recipients rely on; add at the end only. Times are station wall clock, UTC+8, but for the last but one.</summary>
    public static IReadOnlyList<(string Name, string Type)> Columns { get; } =
    [
        .. new[] { "mn", "station", "discharger", "factor", "factor_name", "data" }.Select(Text), ("sampled_at", "time"), .. new[] { "quantity", "value", "unit", "flag", "verdict" }.Select(Text), ("sample_time", "time"),
        .. new[] { "note", "received_at", "source" }.Select(Text),
    ];

    public int Stations { get; }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Of the values and what belongs to them.</summary>
    public string Digest { get; }

    /// <param name="parts">Read through, one after the other.</param>
    /// <param name="stations">How many they are of.</param>
    /// <param name="aside">Empty and seekable; stays open, and the rows are there until the caller closes it.</param>
    public static async Task<DeliveryTable> WriteAsync(IAsyncEnumerable<IReadOnlyList<string?[]>> parts, int stations, Stream aside)
    {
        using var digest = new DeliveryDigest();
        await using var cells = new BinaryWriter(aside, Encoding.UTF8, leaveOpen: true);
        var count = 0;
        await foreach (var part in parts)
        foreach (var row in part)
        {
            digest.Add(row);
            foreach (var cell in row) Write(cells, cell);
            count++;
        }

        return new(aside, stations, count, digest.Text());
    }

    /// <summary>One row after the other, from the first one on. Not for two readers at once.</summary>
    public IEnumerable<string?[]> Rows()
    {
        _aside.Position = 0;
        using var cells = new BinaryReader(_aside, Encoding.UTF8, leaveOpen: true);
        for (var left = Count; left > 0; left--)
        {
            var row = new string?[Columns.Count];
            for (var at = 0; at < row.Length; at++) row[at] = cells.ReadBoolean() ? cells.ReadString() : null;
            yield return row;
        }
    }

    private static void Write(BinaryWriter cells, string? cell)
    {
        cells.Write(cell is not null);
        if (cell is not null) cells.Write(cell);
    }

    private static (string Name, string Type) Text(string name) => (name, "text");
}
