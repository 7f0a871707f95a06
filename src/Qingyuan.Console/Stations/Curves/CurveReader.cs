using System.Globalization;
using Microsoft.Extensions.Localization;
using Qingyuan.Console.Alarms;
using Qingyuan.Console.Operations;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Console.Stations.Curves;

/// <summary>Which curves the person asked for.</summary>
internal sealed record CurveRequest(StationInfo Station, IReadOnlyList<string> Factors, bool Converted, bool Derived, TimeWindow Window);

/// <summary>Reads the factors of one station into a chart.</summary>
internal sealed class CurveReader(
    ITelemetryReader telemetry, IAlarmDesk alarms, IWorkOrders orders,
    IStringLocalizer<Texts> texts, IStringLocalizer<Shared.Texts> words)
{
    private const int MostGroups = 3;

    public async Task<CurveModel> ReadAsync(CurveRequest request, StationSnapshot? snapshot, CancellationToken ct)
    {
        var window = request.Window;
        List<(CurveChannel Channel, FactorSetting Factor, IReadOnlyList<ReadingRow> Rows)> read = [];
        foreach (var channel in Channels(request))
            read.Add((channel, FactorOf(request.Station, channel.Factor), await RowsAsync(request, channel, ct)));
        var bands = CurveBands.Of(read.Where(one => !one.Channel.Derived).Select(one => one.Rows), request.Station, snapshot, window, words, IntervalOf(request));
        var groups = read.GroupBy(one => one.Factor.Unit).Take(MostGroups)
            .Select(group => GroupOf(request, group.Key, [.. group], [.. read.Select(one => one.Channel)])).ToList();
        var description = texts["curves.description", request.Station.Name, texts["resolution." + window.Resolution], Minute(window.From), Minute(window.To), string.Join(", ", groups.SelectMany(group => group.Series).Select(series => series.Name))];
        return new(CurvePoints.Milliseconds(window.From), CurvePoints.Milliseconds(window.To), description, texts["values.none"], groups, bands, await FlagsAsync(request, bands, ct));
    }

    /// <summary>What was stored after <paramref name="after"/>, for a chart that is already drawn.</summary>
    public async Task<IReadOnlyList<CurveAddition>> ReadNewAsync(CurveRequest request, DateTime after, CancellationToken ct)
    {
        List<CurveAddition> added = [];
        foreach (var channel in Channels(request))
        {
            var rows = await RowsAsync(request with { Window = request.Window with { From = after } }, channel, ct);
            var (line, hollow) = CurvePoints.Of(rows, channel, IntervalOf(request), after, request.Window.To);
            if (line.Count > 0 || hollow.Count > 0) added.Add(new(channel.ToString(), line, hollow));
        }
        return added;
    }

    private static string Minute(DateTime at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static TimeSpan IntervalOf(CurveRequest request) => request.Window.Resolution switch
    {
        Resolution.Realtime => TimeSpan.FromSeconds(Math.Max(1, request.Station.RealtimeSeconds)),
        Resolution.Minute => TimeSpan.FromMinutes(Math.Max(1, request.Station.MinuteInterval)),
        Resolution.Hour => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    private static IEnumerable<CurveChannel> Channels(CurveRequest request)
    {
        var derived = request is { Derived: true, Window.Resolution: Resolution.Hour or Resolution.Day };
        foreach (var code in request.Factors)
        {
            var converted = request.Converted && FactorOf(request.Station, code).Limit?.Basis is LimitBasis.HourlyConverted;
            yield return new(code, converted, false);
            if (derived) yield return new(code, converted, true);
        }
    }

    private Task<IReadOnlyList<ReadingRow>> RowsAsync(CurveRequest request, CurveChannel channel, CancellationToken ct) =>
        telemetry.ReadAsync(new(request.Station.StationNo, channel.Factor, request.Window.From, request.Window.To, request.Window.Resolution, channel.Derived), ct);

    private CurveGroup GroupOf(
        CurveRequest request, string unit, IReadOnlyList<(CurveChannel Channel, FactorSetting Factor, IReadOnlyList<ReadingRow> Rows)> read, IReadOnlyList<CurveChannel> all)
    {
        var colours = all.Select(channel => channel.Factor).Distinct().ToList();
        List<CurveSeries> series = [];
        foreach (var (channel, factor, rows) in read)
        {
            var (line, hollow) = CurvePoints.Of(rows, channel, IntervalOf(request), request.Window.From, request.Window.To);
            series.Add(new(channel.ToString(), NameOf(channel, factor), colours.IndexOf(channel.Factor), channel.Derived, series.Count is 0,
                channel.Derived ? [] : LimitsOf(channel, factor), line, hollow));
        }
        var limits = series.SelectMany(one => one.Limits).Select(limit => limit.At).ToList();
        return new(FactorWords.Unit(unit), limits.Count is 0 ? null : limits.Max() * 1.1m, limits.Count > 0 && !limits.Exists(limit => limit < 0) && unit.Length > 0 ? 0 : null, series);
    }

    private string NameOf(CurveChannel channel, FactorSetting factor) =>
        FactorWords.Name(factor) + (channel.Converted ? " " + texts["curves.converted"] : "") + (channel.Derived ? " " + texts["curves.derived"] : "");

    private List<CurveLimit> LimitsOf(CurveChannel channel, FactorSetting factor)
    {
        if (factor.Limit is not { } limit || limit.Basis is LimitBasis.HourlyConverted != channel.Converted) return [];
        List<CurveLimit> lines = [];
        if (limit.Upper is { } upper) lines.Add(new(upper, texts["curves.limit", FactorWords.Name(factor), LimitText.Number(upper)]));
        if (limit.Lower is { } lower) lines.Add(new(lower, texts["curves.limit", FactorWords.Name(factor), LimitText.Number(lower)]));
        return lines;
    }

    private async Task<IReadOnlyList<CurveFlag>> FlagsAsync(CurveRequest request, IReadOnlyList<CurveBand> bands, CancellationToken ct)
    {
        var (from, to) = (request.Window.From, request.Window.To);
        var raised = await alarms.ListAsync(new(request.Station.StationNo, Limit: 100, From: from, To: to), null, ct);
        var opened = await orders.ListAsync(new(request.Station.StationNo, Limit: 100, From: from, To: to), null, ct);
        return
        [
            .. raised.Items.Where(alarm => alarm.Since >= from && alarm.Since < to)
                .Select(alarm => new CurveFlag(CurvePoints.Milliseconds(alarm.Since), "alarm", AlarmWords.Sentence(alarm, request.Station), AlarmWords.Look(alarm.Kind).Tone, $"/alarms?id={alarm.Id}")),
            .. opened.Items.Select(order => (Order: order, At: StationClock.Wall(order.OpenedAt))).Where(one => one.At >= from && one.At < to)
                .Select(one => new CurveFlag(CurvePoints.Milliseconds(one.At), "order", $"{one.Order.Number} {OrderWords.Title(one.Order, request.Station)}", "care", $"/work-orders/{one.Order.Id}")),
            .. bands.Where(band => band.Text.StartsWith("C ", StringComparison.Ordinal)).Select(band => new CurveFlag(band.From, "calibration", band.Text, "care", null)),
        ];
    }

    private static FactorSetting FactorOf(StationInfo station, string code) =>
        station.Factors.FirstOrDefault(factor => factor.Code == code) ?? new(code, code, code, "", 2, null, null, null, null);
}
