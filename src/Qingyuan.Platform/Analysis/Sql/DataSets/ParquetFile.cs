using Parquet;
using Parquet.Serialization;

namespace Qingyuan.Platform.Analysis.Sql.DataSets;

/// <summary>One Parquet file that grows by row groups, so that five million values need the memory of some hundred thousand.</summary>
internal sealed class ParquetFile<T>(string path) : IAsyncDisposable
    where T : class, new()
{
    /// <summary>What the engine takes at once.</summary>
    private const int GroupRows = 122_880;

    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.ReadWrite);
    private readonly List<T> _pending = [];

    public long Rows { get; private set; }

    public async Task AddAsync(IEnumerable<T> rows, CancellationToken ct)
    {
        _pending.AddRange(rows);
        if (_pending.Count >= GroupRows) await FlushAsync(ct);
    }

    /// <summary>Writes what is pending; a file without rows still tells its columns.</summary>
    public async Task CompleteAsync(CancellationToken ct)
    {
        if (_pending.Count > 0 || Rows is 0) await FlushAsync(ct);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private async Task FlushAsync(CancellationToken ct)
    {
        _file.Position = 0;
        await ParquetSerializer.SerializeAsync(_pending, _file, new() { CompressionMethod = CompressionMethod.Zstd, Append = Rows > 0, RowGroupSize = GroupRows }, cancellationToken: ct);
        Rows += _pending.Count;
        _pending.Clear();
    }
}
