using System.Globalization;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Telemetry.Store.Sqlite;

/// <summary>Lengths of the files, journals too.</summary>
internal sealed class SqliteStoreSize(SqliteFiles files) : IStoreSize
{
    public IReadOnlyDictionary<int, long> Months()
    {
        var months = new Dictionary<int, long>();
        if (!Directory.Exists(files.Folder)) return months;
        foreach (var file in new DirectoryInfo(files.Folder).EnumerateFiles("*.db*"))
        {
            var name = file.Name[..file.Name.IndexOf(".db", StringComparison.Ordinal)];
            var month = name.Length > 7 && DateTime.TryParseExact(name[^7..], "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var stamp) ? MonthName.Number(stamp) : 0;
            months[month] = months.GetValueOrDefault(month) + file.Length;
        }

        return months;
    }
}
