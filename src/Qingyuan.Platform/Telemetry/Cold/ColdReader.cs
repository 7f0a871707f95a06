using System.Text.Json;
using Parquet;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Cold;

/// <summary>Reads cold files back into what was written, opening only the row groups that may hold what is asked for.</summary>
internal static class ColdReader
{
    /// <summary>Rows in the order of the file; all of them, or those of one station and factor.</summary>
    /// <exception cref="ColdFileException">It cannot be read as a cold file.</exception>
    public static IEnumerable<ColdRow> Values(string path, int? stationNo = null, string? factor = null)
    {
        var columns = new ColdFormat.ValueColumns();
        return Groups(path, group => stationNo is not { } number || group.MayHold(factor, number), group => ValuesAsync(group, columns))
            .Where(row => (stationNo is null || row.StationNo == stationNo) && (factor is null || row.Factor == factor));
    }

    /// <summary>Sources with their numbers; all of them, or those of one station.</summary>
    /// <exception cref="ColdFileException">It cannot be read as a cold file.</exception>
    public static IEnumerable<(int Number, ColdSource Source)> Sources(string path, int? stationNo = null)
    {
        var columns = new ColdFormat.SourceColumns();
        return Groups(path, group => stationNo is not { } number || group.MayHold(null, number), group => SourcesAsync(group, columns))
            .Where(row => stationNo is null || row.Source.StationNo == stationNo);
    }

    private static IEnumerable<T> Groups<T>(string path, Func<ColdGroup, bool> isWanted, Func<ParquetRowGroupReader, Task<T[]>> read)
    {
        using var file = Guarded(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16));
        // The file is opened for waiting reads: nothing here leaves this thread.
        var reader = Guarded(path, () => ParquetReader.CreateAsync(file, leaveStreamOpen: true).GetAwaiter().GetResult());
        try
        {
            var groups = Guarded(path, () => JsonSerializer.Deserialize<List<ColdGroup>>(reader.CustomMetadata[ColdFormat.GroupsKey])!);
            for (var index = 0; index < groups.Count; index++)
            {
                if (!isWanted(groups[index])) continue;
                var number = index;
                var rows = Guarded(path, () =>
                {
                    using var group = reader.OpenRowGroupReader(number);
                    return read(group).GetAwaiter().GetResult();
                });
                foreach (var row in rows) yield return row;
            }
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>A damaged file makes the library fail in many ways; all of them mean the same to us.</summary>
    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new ColdFileException(Path.GetFileName(path), error);
        }
    }

    private static async Task<ColdRow[]> ValuesAsync(ParquetRowGroupReader group, ColdFormat.ValueColumns columns)
    {
        var count = checked((int)group.RowCount);
        var (factors, periods, quantities, texts, flags) = (new string?[count], new string?[count], new string?[count], new string?[count], new string?[count]);
        var (stations, sources, scales) = (new int[count], new int[count], new int?[count]);
        var (at, mantissas, sampled) = (new long[count], new long?[count], new long?[count]);
        await group.ReadAsync(columns.Factor, factors.AsMemory());
        await group.ReadAsync<int>(columns.Station, stations.AsMemory());
        await group.ReadAsync(columns.Period, periods.AsMemory());
        await group.ReadAsync(columns.Statistic, quantities.AsMemory());
        await group.ReadAsync<long>(columns.SampledAt, at.AsMemory());
        await group.ReadAsync<long>(columns.Mantissa, mantissas.AsMemory());
        await group.ReadAsync<int>(columns.Scale, scales.AsMemory());
        await group.ReadAsync(columns.Text, texts.AsMemory());
        await group.ReadAsync(columns.Flag, flags.AsMemory());
        await group.ReadAsync<long>(columns.SampledFrom, sampled.AsMemory());
        await group.ReadAsync<int>(columns.Source, sources.AsMemory());
        var rows = new ColdRow[count];
        for (var i = 0; i < count; i++)
        {
            var isText = texts[i] is not null;
            rows[i] = new(
                stations[i], factors[i]!, ColdFormat.Period(periods[i]!), quantities[i]!, ColdFormat.Ticks(at[i]), isText ? 0 : checked((int)mantissas[i]!.Value), isText ? (byte)0 : checked((byte)scales[i]!.Value),
                texts[i], flags[i], sampled[i] is { } micros ? ColdFormat.Ticks(micros) : Column.NoSampleTime, sources[i]);
        }

        return rows;
    }

    private static async Task<(int Number, ColdSource Source)[]> SourcesAsync(ParquetRowGroupReader group, ColdFormat.SourceColumns columns)
    {
        var count = checked((int)group.RowCount);
        var (numbers, stations, ordinals, periods) = (new int[count], new int[count], new int[count], new string?[count]);
        var (at, batches, received) = (new long[count], new long[count], new long[count]);
        await group.ReadAsync<int>(columns.Source, numbers.AsMemory());
        await group.ReadAsync<int>(columns.Station, stations.AsMemory());
        await group.ReadAsync(columns.Period, periods.AsMemory());
        await group.ReadAsync<long>(columns.SampledAt, at.AsMemory());
        await group.ReadAsync<long>(columns.Batch, batches.AsMemory());
        await group.ReadAsync<int>(columns.Ordinal, ordinals.AsMemory());
        await group.ReadAsync<long>(columns.ReceivedAt, received.AsMemory());
        return [.. Enumerable.Range(0, count).Select(i => (numbers[i], new ColdSource(stations[i], ColdFormat.Period(periods[i]!), ColdFormat.Ticks(at[i]), new FrameId(batches[i], ordinals[i]), received[i])))];
    }
}

/// <summary>A cold file that is not there or not what was written. Reported, never repaired in place; its month can be made anew from frames.</summary>
public sealed class ColdFileException(string file, Exception? inner = null) : StoredDamageException($"Cold file {file} is not what was written.", inner);
