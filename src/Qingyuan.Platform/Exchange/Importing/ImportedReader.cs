using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Reads rows whose import counts, a page at a time.</summary>
internal sealed class ImportedReader(IDatabase database, LaboratoryBeside beside) : IImportedData
{
    private const int LargestPage = 1000;
    private const string Stamp = "yyyyMMddHHmmss";

    public async Task<Page<LaboratoryResult>> LaboratoryAsync(ImportedQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var db = database.Read();
        return Paged(await RowsAsync(db, Filter(db.Set<LaboratoryRow>(), query, scope), query, isNewestFirst: false, ct), query, Result);
    }

    public async Task<Page<ImportedValue>> ValuesAsync(ImportedQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var db = database.Read();
        var rows = Filter(db.Set<HistoryRow>(), query, scope);
        if (query.Period is { } period) rows = rows.Where(row => row.Period == period);
        return Paged(await RowsAsync(db, rows, query, isNewestFirst: false, ct), query, each => new ImportedValue(
            each.Row.StationNo, each.Row.Factor, each.Row.Period, each.Row.At, each.Row.Value, each.Row.Unit, each.Row.Flag, each.Others.Any(other => other.Period == each.Row.Period), Source(each.Row, each.Import)));
    }

    public async Task<IReadOnlyList<LaboratoryComparison>> CompareAsync(int stationNo, int most, CancellationToken ct)
    {
        var query = new ImportedQuery(stationNo, Limit: most);
        List<LaboratoryResult> newest;
        await using (var db = database.Read())
            newest = [.. (await RowsAsync(db, Filter(db.Set<LaboratoryRow>(), query, null), query, isNewestFirst: true, ct)).Take(most).Select(Result)];
        return await beside.CompareAsync(newest, ct);
    }

    public bool IsPlace(string after) => Place(after) is not null;

    private static IQueryable<T> Filter<T>(IQueryable<T> rows, ImportedQuery query, IReadOnlySet<int>? scope)
        where T : ImportedRow
    {
        if (scope is not null)
        {
            var seen = scope.ToArray();
            rows = rows.Where(row => seen.Contains(row.StationNo));
        }

        if (query.StationNo is { } station) rows = rows.Where(row => row.StationNo == station);
        if (query.Factor is { } factor) rows = rows.Where(row => row.Factor == factor);
        if (query.From is { } from) rows = rows.Where(row => row.At >= from);
        if (query.To is { } to) rows = rows.Where(row => row.At < to);
        if (query.After is not { } after || Place(after) is not var (at, import, number)) return rows;
        return rows.Where(row => row.At > at || (row.At == at && (row.ImportNo > import || (row.ImportNo == import && row.Row > number))));
    }

    private static async Task<List<Found<T>>> RowsAsync<T>(QingyuanDb db, IQueryable<T> rows, ImportedQuery query, bool isNewestFirst, CancellationToken ct)
        where T : ImportedRow
    {
        var most = Math.Clamp(query.Limit, 1, LargestPage) + 1;
        var counting = db.Set<ImportRow>().Where(import => import.State == ImportState.Confirmed);
        var joined = rows.Join(counting, row => row.ImportNo, import => import.No, (row, import) => new { Row = row, Import = import });
        var ordered = isNewestFirst
            ? joined.OrderByDescending(each => each.Row.At).ThenByDescending(each => each.Row.ImportNo).ThenByDescending(each => each.Row.Row)
            : joined.OrderBy(each => each.Row.At).ThenBy(each => each.Row.ImportNo).ThenBy(each => each.Row.Row);
        var found = await ordered.Take(most).ToListAsync(ct);
        var others = await OthersAsync(db, [.. found.Select(each => each.Row)], ct);
        return [.. found.Select(each => new Found<T>(each.Row, each.Import, [.. others[(each.Row.StationNo, each.Row.Factor, each.Row.At)].Where(other => other.Value != each.Row.Value)]))];
    }

    /// <summary>All that counts at the same stations, factors and times: what contradicts may stand on another page or in another import.</summary>
    private static async Task<ILookup<(int, string, DateTime), T>> OthersAsync<T>(QingyuanDb db, IReadOnlyList<T> rows, CancellationToken ct)
        where T : ImportedRow
    {
        var (stations, factors, times) = (rows.Select(row => row.StationNo).Distinct().ToArray(), rows.Select(row => row.Factor).Distinct().ToArray(), rows.Select(row => row.At).Distinct().ToArray());
        var found = await db.Set<T>().Where(row => stations.Contains(row.StationNo) && factors.Contains(row.Factor) && times.Contains(row.At))
            .Where(row => db.Set<ImportRow>().Any(import => import.No == row.ImportNo && import.State == ImportState.Confirmed)).ToListAsync(ct);
        return found.ToLookup(row => (row.StationNo, row.Factor, row.At));
    }

    private static Page<TView> Paged<T, TView>(List<Found<T>> found, ImportedQuery query, Func<Found<T>, TView> view)
        where T : ImportedRow
    {
        var most = Math.Clamp(query.Limit, 1, LargestPage);
        return new([.. found.Take(most).Select(view)], found.Count > most ? Text(found[most - 1].Row) : null);
    }

    private static LaboratoryResult Result(Found<LaboratoryRow> each) => new(
        each.Row.StationNo, each.Row.Factor, each.Row.At, each.Row.Value, each.Row.Unit, each.Row.Method, each.Row.Laboratory, each.Row.SampleNumber, each.Row.Remark, each.Others.Count > 0, Source(each.Row, each.Import));

    private static ImportSource Source(ImportedRow row, ImportRow import) => new(import.Id, import.FileName, row.Row, import.ConfirmedBy ?? import.By, import.ConfirmedAt ?? import.At);

    private static string Text(ImportedRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.At.ToString(Stamp, CultureInfo.InvariantCulture)}-{row.ImportNo}-{row.Row}");

    private static (DateTime At, long Import, int Row)? Place(string after) =>
        after.Split('-') is [var stamp, var import, var row] && DateTime.TryParseExact(stamp, Stamp, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            && long.TryParse(import, NumberStyles.None, CultureInfo.InvariantCulture, out var no) && int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (at, no, number)
            : null;

    /// <param name="Row">What was imported.</param>
    /// <param name="Import">By what.</param>
    /// <param name="Others">What says otherwise.</param>
    private sealed record Found<T>(T Row, ImportRow Import, IReadOnlyList<T> Others);
}
