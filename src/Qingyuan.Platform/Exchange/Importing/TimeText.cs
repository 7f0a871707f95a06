using System.Globalization;
using System.Text.RegularExpressions;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Tables;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Times in files: wall clock of the station, in the forms people and spreadsheets write.</summary>
internal static partial class TimeText
{
    private const double FirstSerial = 32_874; // 1990-01-01
    private const double LastSerial = 73_415; // 2101-01-01

    private static readonly string[] Days = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    private static readonly string[] Moments =
    [
        .. from day in Days[..4] from gap in (string[])[" ", ""] from time in (string[])["H:m:s", "H:m", "H时m分s秒", "H时m分", "H时"] where gap.Length > 0 || day.EndsWith('日') select $"{day}{gap}{time}",
        "yyyy-M-d'T'H:m:s", "yyyy-M-d'T'H:m", "yyyy-M-d'T'H:m:s.FFFFFFF", "yyyy-M-d H:m:s.FFFFFFF", "yyyyMMddHHmmss", "yyyyMMddHHmm", "yyyyMMdd HH:mm:ss", "yyyyMMdd HH:mm",
    ];

    /// <summary>The time; null when it cannot be read, and then <paramref name="faults"/> says why.</summary>
    /// <param name="cell">What stands there.</param>
    /// <param name="isDay">Whether a date without a time of day will do.</param>
    /// <param name="now">Wall clock; what is later cannot have happened.</param>
    /// <param name="faults">Where to say so.</param>
    public static DateTime? Read(TableCell cell, bool isDay, DateTime now, RowFaults faults)
    {
        if (cell.Text.Length is 0)
        {
            faults.Add("time", "row.missing");
            return null;
        }

        if (Parse(cell, isDay, faults) is not { } found) return null;
        if (found.Year < 1990) faults.Add("time", "row.time-too-early", cell.Text);
        else if (found > now.AddHours(1)) faults.Add("time", "row.time-in-future", cell.Text);
        // Spreadsheets keep times as fractions of a day, which miss the second by a little.
        else return new DateTime((found.Ticks + (TimeSpan.TicksPerSecond / 2)) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Unspecified);
        return null;
    }

    private static DateTime? Parse(TableCell cell, bool isDay, RowFaults faults)
    {
        if (cell.Date is { } date) return date;
        var text = Blanks().Replace(cell.Text.Trim(), " ");
        if (Zone().Match(text) is { Success: true } zone)
        {
            if (zone.Value.Replace(":", "", StringComparison.Ordinal) is not ("+0800" or "+08"))
            {
                faults.Add("time", "row.time-zone", cell.Text);
                return null;
            }

            text = text[..zone.Index].TrimEnd();
        }

        if (DateTime.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)) return at;
        if (DateTime.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            if (isDay) return day;
            faults.Add("time", "row.time-of-day-missing", cell.Text);
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is >= FirstSerial and < LastSerial) return DateTime.FromOADate(serial);
        faults.Add("time", "row.time-unreadable", cell.Text);
        return null;
    }

    /// <summary>Wall clock now.</summary>
    public static DateTime Now(TimeProvider clock) => StationClock.Wall(clock.GetUtcNow());

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(?<=\d:\d\d(:\d\d(\.\d+)?)?)\s*([+-]\d\d:?(\d\d)?|Z)$")]
    private static partial Regex Zone();
}
