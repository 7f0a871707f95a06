using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>The log in files, read page by page: in order, complete, and without touching what a page does not need.</summary>
public sealed class FramePagesTests : IDisposable
{
    private static readonly DateTimeOffset January = new(2026, 1, 15, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = TelemetryHouse.NewFolder();
    private readonly SqliteFrameStore _store;

    public FramePagesTests() => _store = new(new(_folder));

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_page_touches_no_file_of_a_month_that_it_does_not_need()
    {
        for (var month = 0; month < 4; month++) Append(month, Enumerable.Range((month * 20) + 1, 20));
        using var reader = new SqliteFrameStore(new(_folder)); // as after a restart: it learns once what each file spans
        Assert.Single(reader.ReadAfter(0, 1));
        _store.Dispose();
        SqliteConnection.ClearAllPools();
        foreach (var month in (int[])[1, 4]) Spoil(month); // whoever opens them says that they are no databases

        Assert.Equal(Ids(21, 36), Ids(reader.ReadAfter(20, 16)));
        Assert.Equal(Ids(37, 52), Ids(reader.ReadAfter(36, 16)));
        Assert.Equal(52, reader.Find(52)!.Id);
        Assert.Throws<StoreFileException>(() => reader.ReadAfter(52, 16)); // of the newest month nothing is passed over
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_the_clock_did_pages_bring_every_batch_once_in_the_order_of_commits(int seed)
    {
        var random = new Random(seed);
        for (var id = 1; id <= 200; id++) Append(random.Next(10) is 0 ? random.Next(4) : Math.Min(3, id / 50), [id]);

        foreach (var size in (int[])[1, 7, 16, 500])
        foreach (var store in (SqliteFrameStore[])[_store, new(new(_folder))])
        {
            var read = new List<long>();
            for (var page = store.ReadAfter(0, size); page.Count > 0; page = store.ReadAfter(read[^1], size)) read.AddRange(Ids(page));
            Assert.Equal(Ids(1, 200), read);
            Assert.All(Ids(1, 200), id => Assert.Equal(id, store.Find(id)!.Id));
        }
    }

    [Fact]
    public void What_is_written_between_two_pages_is_in_the_next_one_also_in_a_month_that_was_closed()
    {
        Append(0, [1, 2, 3]);
        Assert.Equal(Ids(1, 3), Ids(_store.ReadAfter(0, 16)));
        Append(1, [4]);
        Assert.Equal(Ids(4, 4), Ids(_store.ReadAfter(3, 16)));
        Append(0, [5]); // the clock went back
        Assert.Equal(Ids(5, 5), Ids(_store.ReadAfter(4, 16)));
        Append(1, [6]);
        Append(2, [7]);
        Assert.Equal(Ids(5, 7), Ids(_store.ReadAfter(4, 16)));
        Assert.Equal(5, _store.Find(5)!.Id);
    }

    private void Append(int month, IEnumerable<int> ids) =>
        _store.Append([.. ids.Select(id => new BatchRow(id, Micros.Of(January.AddMonths(month)), Micros.Of(January.AddMonths(month)), 1, 1, new byte[32], new byte[32], 0, [1]))]);

    private void Spoil(int month) => File.WriteAllText(Path.Combine(_folder, $"frames-2026-{month:00}.db"), new string('?', 100_000));

    private static IEnumerable<long> Ids(long first, long last) => Enumerable.Range((int)first, (int)(last - first + 1)).Select(id => (long)id);

    private static IEnumerable<long> Ids(IEnumerable<BatchRow> page) => page.Select(row => row.Id);
}
