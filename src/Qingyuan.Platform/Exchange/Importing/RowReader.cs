using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared.Tables;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Rows of one file as what they would become.</summary>
internal sealed class RowReader(ImportKind kind, TableHeading heading, StationLookup stations, DateTime now)
{
    private static readonly Dictionary<string, Resolution> Periods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["实时"] = Resolution.Realtime, ["实时数据"] = Resolution.Realtime, ["realtime"] = Resolution.Realtime, ["real-time"] = Resolution.Realtime, ["rtd"] = Resolution.Realtime, ["2011"] = Resolution.Realtime,
        ["分钟"] = Resolution.Minute, ["分钟数据"] = Resolution.Minute, ["minute"] = Resolution.Minute, ["2051"] = Resolution.Minute,
        ["小时"] = Resolution.Hour, ["小时数据"] = Resolution.Hour, ["时"] = Resolution.Hour, ["hour"] = Resolution.Hour, ["2061"] = Resolution.Hour,
        ["日"] = Resolution.Day, ["日数据"] = Resolution.Day, ["天"] = Resolution.Day, ["day"] = Resolution.Day, ["2031"] = Resolution.Day,
    };

    /// <summary>Null when <paramref name="faults"/> has something to say.</summary>
    public ImportedRow? Read(TableRow row, RowFaults faults) => kind is ImportKind.Laboratory ? Laboratory(row, faults) : History(row, faults);

    private LaboratoryRow? Laboratory(TableRow row, RowFaults faults)
    {
        var (station, factor) = Series(row, faults);
        var at = TimeText.Read(Cell(row, "time"), isDay: false, now, faults);
        var value = Value(Cell(row, "value"), ValueText.IsLaboratory, "row.result-unreadable", faults);
        var unit = Unit(Cell(row, "unit"), station, factor, isAsked: true, faults);
        if (value is ['-', ..] && UnitNames.IsConcentration(unit)) faults.Add("value", "row.result-negative", value);
        var (method, laboratory) = (Words(row, "method", faults), Words(row, "laboratory", faults));
        var (sample, remark) = (Words(row, "sample", faults), ColumnTexts.Read(Cell(row, "remark"), "remark", ColumnTexts.LongestRemark, faults));
        return faults.IsEmpty
            ? new() { Row = row.Number, StationNo = station!.StationNo, Factor = factor!, At = at!.Value, Value = value!, Unit = unit, Method = method, Laboratory = laboratory, SampleNumber = sample, Remark = remark }
            : null;
    }

    private HistoryRow? History(TableRow row, RowFaults faults)
    {
        var (station, factor) = Series(row, faults);
        var said = Cell(row, "period").Text;
        var period = Periods.TryGetValue(said, out var known) ? known : (Resolution?)null;
        if (period is null) faults.Add("period", said.Length is 0 ? "row.missing" : "row.period-unknown", said);
        var at = TimeText.Read(Cell(row, "time"), period is Resolution.Day, now, faults);
        if (at is { } moment && !IsOf(period, moment)) faults.Add("time", "row.time-not-of-period", Cell(row, "time").Text, said);
        var value = Value(Cell(row, "value"), ValueText.IsDecimal, "row.value-unreadable", faults);
        var unit = Unit(Cell(row, "unit"), station, factor, isAsked: false, faults);
        var flag = Cell(row, "flag").Text;
        if (flag.Length > 8 || !flag.All(char.IsAsciiLetterOrDigit)) faults.Add("flag", "row.flag-unreadable", flag);
        return faults.IsEmpty
            ? new() { Row = row.Number, StationNo = station!.StationNo, Factor = factor!, Period = period!.Value, At = at!.Value, Value = value!, Unit = unit, Flag = flag.Length is 0 ? null : flag }
            : null;
    }

    /// <summary>An hour's value stands at a full hour, a minute's at a full minute.</summary>
    private static bool IsOf(Resolution? period, DateTime at) => period switch
    {
        Resolution.Hour => at.Ticks % TimeSpan.TicksPerHour is 0,
        Resolution.Minute => at.Ticks % TimeSpan.TicksPerMinute is 0,
        _ => true,
    };

    private (StationInfo? Station, string? Factor) Series(TableRow row, RowFaults faults)
    {
        var (mn, factor) = (Cell(row, "station"), Cell(row, "factor"));
        if (mn.IsRounded) faults.Add("station", "row.digits-lost", mn.Text);
        var station = mn.IsRounded ? null : stations.Find(mn.Text, faults);
        return (station, FactorLookup.Find(factor.Text, station, faults));
    }

    private static string? Value(TableCell cell, Func<string, bool> isValue, string otherwise, RowFaults faults)
    {
        if (cell.Text.Length is 0) faults.Add("value", "row.missing");
        else if (cell.IsRounded) faults.Add("value", "row.digits-lost", cell.Text);
        else if (cell.Text.Length > ValueText.Longest || cell.Date is not null || !isValue(cell.Text)) faults.Add("value", otherwise, cell.Text);
        else return cell.Text;
        return null;
    }

    /// <summary>The factor's own spelling of the unit. It must be one of its units: a value in another one would be read wrongly, and converting it would alter it.</summary>
    private static string? Unit(TableCell cell, StationInfo? station, string? factor, bool isAsked, RowFaults faults)
    {
        if (station is null || factor is null) return null; // already said
        var units = FactorLookup.Units(factor, station);
        if (cell.Text.Length is 0 && !isAsked) return null;
        var unit = units.FirstOrDefault(each => UnitNames.Plain(each) == UnitNames.Plain(cell.Text));
        if (unit is null) faults.Add("unit", cell.Text.Length is 0 ? "row.unit-missing" : "row.unit-other", cell.Text, string.Join("、", units));
        return unit;
    }

    private string? Words(TableRow row, string column, RowFaults faults) => ColumnTexts.Read(Cell(row, column), column, ColumnTexts.Longest, faults);

    private TableCell Cell(TableRow row, string key) => heading.Cell(row, key);
}
