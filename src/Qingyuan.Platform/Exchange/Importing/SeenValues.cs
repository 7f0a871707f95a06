using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Tells which values of a file are there already: earlier in the same file, or in an import that counts.</summary>
internal sealed class SeenValues(IDatabase database, ImportKind kind)
{
    private readonly Dictionary<Key, (int Row, string Value, string? Unit)> _here = [];

    /// <summary>What contradicted them: rare, so that a million rows cost no list each.</summary>
    private readonly Dictionary<Key, List<(int Row, string Value, string? Unit)>> _more = [];

    private readonly record struct Key(int StationNo, string Factor, byte Period, DateTime At);

    /// <summary>For each row, in order, null when it is new.</summary>
    public async Task<IReadOnlyList<RowNote?>> JudgeAsync(IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var stored = await StoredAsync(rows, ct);
        return [.. rows.Select(row => Judge(row, stored))];
    }

    private RowNote? Judge(ImportedRow row, ILookup<Key, (ImportedRow Row, string File)> stored)
    {
        var key = Of(row);
        var others = stored[key].Select(other => (other.Row.Value, other.Row.Unit, Code: "stored", Args: (string[])[other.Row.Value, other.File, Text(other.Row.Row)])).ToList();
        others.InsertRange(0, Earlier(key).Select(earlier => (earlier.Value, earlier.Unit, "file", (string[])[earlier.Value, Text(earlier.Row)])));
        Remember(key, row);
        if (others.Count is 0) return null;
        var same = others.FindIndex(other => ValueText.Meaning(other.Value) == ValueText.Meaning(row.Value) && UnitNames.Plain(other.Unit) == UnitNames.Plain(row.Unit));
        return same >= 0
            ? new(row.Row, "value", RowRemark.Repeated, $"row.repeated-in-{others[same].Code}", others[same].Args)
            : new(row.Row, "value", RowRemark.Contradicting, $"row.contradicts-{others[0].Code}", others[0].Args);
    }

    private IEnumerable<(int Row, string Value, string? Unit)> Earlier(Key key) => _here.TryGetValue(key, out var first) ? _more.GetValueOrDefault(key, []).Prepend(first) : [];

    private void Remember(Key key, ImportedRow row)
    {
        if (_here.TryAdd(key, (row.Row, row.Value, row.Unit))) return;
        if (!_more.TryGetValue(key, out var more)) _more.Add(key, more = []);
        more.Add((row.Row, row.Value, row.Unit));
    }

    private async Task<ILookup<Key, (ImportedRow Row, string File)>> StoredAsync(IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        await using var db = database.Read();
        var found = kind is ImportKind.Laboratory ? await StoredAsync<LaboratoryRow>(db, rows, ct) : await StoredAsync<HistoryRow>(db, rows, ct);
        return found.ToLookup(each => Of(each.Row));
    }

    private static async Task<List<(ImportedRow Row, string File)>> StoredAsync<T>(QingyuanDb db, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
        where T : ImportedRow
    {
        var (stations, factors, times) = (rows.Select(row => row.StationNo).Distinct().ToArray(), rows.Select(row => row.Factor).Distinct().ToArray(), rows.Select(row => row.At).Distinct().ToArray());
        var found = await db.Set<T>().Where(row => stations.Contains(row.StationNo) && factors.Contains(row.Factor) && times.Contains(row.At))
            .Join(db.Set<ImportRow>().Where(import => import.State == ImportState.Confirmed), row => row.ImportNo, import => import.No, (row, import) => new { Row = row, import.FileName })
            .OrderBy(each => each.Row.ImportNo).ThenBy(each => each.Row.Row).ToListAsync(ct);
        return [.. found.Select(each => ((ImportedRow)each.Row, each.FileName))];
    }

    private static Key Of(ImportedRow row) => new(row.StationNo, row.Factor, (byte)(row.PeriodOrNone ?? 0), row.At);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
