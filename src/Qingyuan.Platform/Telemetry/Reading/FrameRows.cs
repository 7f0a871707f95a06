using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Reading;

/// <summary>A chunk as its frames reported it.</summary>
internal static class FrameRows
{
    public static IReadOnlyList<ReportedValues> Of(Chunk chunk, DateTime from, DateTime to)
    {
        var rows = Enumerable.Range(0, chunk.Rows.Count)
            .Where(row => chunk.Rows[row].DataTicks >= from.Ticks && chunk.Rows[row].DataTicks < to.Ticks)
            .OrderBy(row => chunk.Rows[row].DataTicks);
        return [.. rows.Select(row => Of(chunk, row))];
    }

    private static ReportedValues Of(Chunk chunk, int row)
    {
        var values = new List<ReportedValue>();
        foreach (var column in chunk.Columns)
        {
            if (column.CellOf(row) is not (>= 0 and var cell)) continue;
            var sampled = column.SampleTicks[cell];
            values.Add(new(
                column.Factor, column.Quantity, column.Text(cell), chunk.Flags[column.Flags[cell]], sampled == Column.NoSampleTime ? null : new DateTime(sampled)));
        }

        var from = chunk.Rows[row];
        return new(from.Frame, chunk.Key.Resolution, new(from.DataTicks), Micros.Instant(from.ReceivedMicros), values);
    }
}
