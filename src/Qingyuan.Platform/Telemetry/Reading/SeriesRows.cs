using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Reading;

/// <summary>One factor of a chunk as points: its quantities side by side.</summary>
internal static class SeriesRows
{
    public static IReadOnlyList<ReadingRow> Of(Chunk chunk, SeriesQuery query)
    {
        var (value, converted) = query.Resolution is Resolution.Realtime ? ("Rtd", "ZsRtd") : ("Avg", "ZsAvg");
        var series = new Series(
            chunk.Find(query.Factor, value) ?? Other(chunk, query), chunk.Find(query.Factor, converted), chunk.Find(query.Factor, "Min"), chunk.Find(query.Factor, "Max"),
            chunk.Find(query.Factor, "Cou"));
        if (series is { Value: null, Converted: null, Min: null, Max: null, Total: null }) return [];

        var rows = new List<ReadingRow>(chunk.Rows.Count);
        foreach (var moment in Moments(chunk, query.From.Ticks, query.To.Ticks))
            if (series.At(chunk, moment) is { } row) rows.Add(row);
        return rows;
    }

    // Field information, raw periodic data and noise of moments come under names of their own.
    private static Column? Other(Chunk chunk, SeriesQuery query) =>
        chunk.Find(query.Factor, "Info") ?? chunk.Find(query.Factor, "Data") ?? (query.Resolution is Resolution.Realtime ? chunk.Find(query.Factor, "Avg") : null);

    /// <summary>Row numbers in order of time; rows of one moment together.</summary>
    private static IEnumerable<IReadOnlyList<int>> Moments(Chunk chunk, long from, long to)
    {
        var order = Enumerable.Range(0, chunk.Rows.Count).Where(row => chunk.Rows[row].DataTicks >= from && chunk.Rows[row].DataTicks < to);
        if (!chunk.IsSorted) order = order.OrderBy(row => chunk.Rows[row].DataTicks);
        var moment = new List<int>(1);
        foreach (var row in order)
        {
            if (moment.Count > 0 && chunk.Rows[moment[0]].DataTicks != chunk.Rows[row].DataTicks)
            {
                yield return moment;
                moment.Clear();
            }

            moment.Add(row);
        }

        if (moment.Count > 0) yield return moment;
    }

    private sealed record Series(Column? Value, Column? Converted, Column? Min, Column? Max, Column? Total)
    {
        public ReadingRow? At(Chunk chunk, IReadOnlyList<int> rows)
        {
            var lead = (Cell: -1, Column: (Column?)null, Row: 0);
            foreach (var column in new[] { Value, Converted, Min, Max, Total })
            {
                if (lead.Cell < 0 && column is not null && Find(column, rows) is var (row, cell) && cell >= 0) lead = (cell, column, row);
            }

            if (lead.Column is null) return null;
            var sampled = lead.Column.SampleTicks[lead.Cell];
            return new(
                new(chunk.Rows[lead.Row].DataTicks), Text(Value, rows), Text(Converted, rows), Text(Min, rows), Text(Max, rows),
                chunk.Flags[lead.Column.Flags[lead.Cell]], sampled == Column.NoSampleTime ? null : new(sampled), null, chunk.Rows[lead.Row].Frame);
        }

        private static string? Text(Column? column, IReadOnlyList<int> rows) => column is not null && Find(column, rows) is (_, var cell and >= 0) ? column.Text(cell) : null;

        private static (int Row, int Cell) Find(Column column, IReadOnlyList<int> rows)
        {
            foreach (var row in rows)
                if (column.CellOf(row) is var cell and >= 0) return (row, cell);
            return (-1, -1);
        }
    }
}
