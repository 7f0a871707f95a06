using System.Globalization;
using System.Text.Json;
using Parquet;
using Parquet.Schema;
using Qingyuan.Platform.Telemetry.Chunks;

namespace Qingyuan.Platform.Telemetry.Cold;

/// <summary>The first and last (factor, station) of a row group; of sources, without factor.</summary>
internal sealed record ColdGroup(string FirstFactor, int FirstStation, string LastFactor, int LastStation)
{
    /// <summary>Whether rows of the factor (null for any) and station may be in it.</summary>
    public bool MayHold(string? factor, int stationNo) => factor is null ? MayHold(stationNo) : Compare(factor, stationNo, FirstFactor, FirstStation) >= 0 && Compare(factor, stationNo, LastFactor, LastStation) <= 0;

    private bool MayHold(int stationNo) => FirstFactor != LastFactor || (stationNo >= FirstStation && stationNo <= LastStation);

    private static int Compare(string factor, int stationNo, string otherFactor, int otherStation) =>
        string.CompareOrdinal(factor, otherFactor) is var order and not 0 ? order : stationNo.CompareTo(otherStation);
}

/// <summary>Writes one file of values or sources, row group by row group; on disk when it returns.</summary>
internal static class ColdWriter
{
    public static Task ValuesAsync(string path, IEnumerable<ColdRow> rows, Func<int, string> mn, CancellationToken ct)
    {
        var columns = new ColdFormat.ValueColumns();
        return WriteAsync(path, columns.Schema, rows, row => (row.Factor, row.StationNo), (group, part, token) => WriteAsync(group, columns, part, mn), ct);
    }

    public static Task SourcesAsync(string path, IEnumerable<ColdSource> sources, Func<int, string> mn, CancellationToken ct)
    {
        var (columns, first) = (new ColdFormat.SourceColumns(), 0);
        return WriteAsync(path, columns.Schema, sources, source => ("", source.StationNo), WriteGroupAsync, ct);

        async Task WriteGroupAsync(ParquetRowGroupWriter group, ColdSource[] part, CancellationToken token)
        {
            await WriteAsync(group, columns, part, first, mn);
            first += part.Length;
        }
    }

    private static async Task WriteAsync<T>(
        string path, ParquetSchema schema, IEnumerable<T> rows, Func<T, (string Factor, int Station)> placeOf, Func<ParquetRowGroupWriter, T[], CancellationToken, Task> writeGroup, CancellationToken ct)
    {
        var groups = new List<ColdGroup>();
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        await using (var writer = await ParquetWriter.CreateAsync(schema, file, ColdFormat.Options(), cancellationToken: ct))
        {
            ColdFormat.MarkTimes(writer);
            foreach (var part in rows.Chunk(ColdFormat.GroupRows))
            {
                ct.ThrowIfCancellationRequested();
                using var group = writer.CreateRowGroup();
                await writeGroup(group, part, ct);
                group.CompleteValidate();
                var (first, last) = (placeOf(part[0]), placeOf(part[^1]));
                groups.Add(new(first.Factor, first.Station, last.Factor, last.Station));
            }

            writer.CustomMetadata = new Dictionary<string, string> { [ColdFormat.FormatKey] = ColdFormat.Current, [ColdFormat.GroupsKey] = JsonSerializer.Serialize(groups) };
        }

        file.Flush(flushToDisk: true);
    }

    private static async Task WriteAsync(ParquetRowGroupWriter group, ColdFormat.ValueColumns columns, ColdRow[] rows, Func<int, string> mn)
    {
        await group.WriteAsync(columns.Factor, Each(rows, row => row.Factor));
        await group.WriteAsync(columns.Mn, Each(rows, row => mn(row.StationNo)));
        await group.WriteAsync<int>(columns.Station, Each(rows, row => row.StationNo));
        await group.WriteAsync(columns.Period, Each(rows, row => ColdFormat.Period(row.Period)));
        await group.WriteAsync(columns.Statistic, Each(rows, row => row.Quantity));
        await group.WriteAsync<long>(columns.SampledAt, Each(rows, row => ColdFormat.Micros(row.AtTicks)));
        await group.WriteAsync(columns.Mantissa, (ReadOnlyMemory<long?>)Each(rows, row => row.Verbatim is null ? row.Mantissa : NumberIn(row.Verbatim)?.Mantissa));
        await group.WriteAsync(columns.Scale, (ReadOnlyMemory<int?>)Each(rows, row => row.Verbatim is null ? row.Decimals : NumberIn(row.Verbatim)?.Scale));
        await group.WriteAsync(columns.Text, Each(rows, row => row.Verbatim!));
        await group.WriteAsync(columns.Flag, Each(rows, row => row.Flag!));
        await group.WriteAsync(columns.SampledFrom, (ReadOnlyMemory<long?>)Each(rows, row => row.SampleTicks == Column.NoSampleTime ? null : (long?)ColdFormat.Micros(row.SampleTicks)));
        await group.WriteAsync<int>(columns.Source, Each(rows, row => row.Source));
    }

    private static async Task WriteAsync(ParquetRowGroupWriter group, ColdFormat.SourceColumns columns, ColdSource[] sources, int first, Func<int, string> mn)
    {
        await group.WriteAsync<int>(columns.Source, Enumerable.Range(first, sources.Length).ToArray());
        await group.WriteAsync(columns.Mn, Each(sources, source => mn(source.StationNo)));
        await group.WriteAsync<int>(columns.Station, Each(sources, source => source.StationNo));
        await group.WriteAsync(columns.Period, Each(sources, source => ColdFormat.Period(source.Period)));
        await group.WriteAsync<long>(columns.SampledAt, Each(sources, source => ColdFormat.Micros(source.AtTicks)));
        await group.WriteAsync<long>(columns.Batch, Each(sources, source => source.Frame.Batch));
        await group.WriteAsync<int>(columns.Ordinal, Each(sources, source => source.Frame.Ordinal));
        await group.WriteAsync<long>(columns.ReceivedAt, Each(sources, source => source.ReceivedMicros));
    }

    /// <summary>For who computes: the number that a text such as <c>+1.5</c> or <c>007</c> says. Null when it says none, or one with an exponent.</summary>
    private static (long Mantissa, int Scale)? NumberIn(string text)
    {
        const int Exact = 20; // longer ones would be rounded
        if (text.Length > Exact || !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
        var mantissa = number;
        for (var i = 0; i < number.Scale; i++)
        {
            if (Math.Abs(mantissa) > long.MaxValue / 10) return null;
            mantissa *= 10;
        }

        return Math.Abs(mantissa) <= long.MaxValue ? ((long)mantissa, number.Scale) : null;
    }

    private static TTo[] Each<TFrom, TTo>(TFrom[] rows, Func<TFrom, TTo> pick) => Array.ConvertAll(rows, row => pick(row));
}
