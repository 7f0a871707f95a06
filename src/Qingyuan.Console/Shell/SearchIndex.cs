using Qingyuan.Console.Alarms;
using Qingyuan.Console.Operations;
using Qingyuan.Console.Stations;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Shell;

/// <param name="Kind">station, order, alarm.</param>
/// <param name="Station">Which it is about, null for the installation itself.</param>
internal sealed record SearchHit(string Kind, string Title, string Detail, string Path, StationInfo? Station);

/// <summary>What Ctrl-K finds, within the person's own stations.</summary>
internal sealed class SearchIndex(
    IStationDirectory stations, IWorkOrders orders, IAlarmDesk alarms, ICurrentActor person)
{
    private const int Most = 12;

    public async Task<IReadOnlyList<SearchHit>> FindAsync(string text)
    {
        if (text.Length is 0) return [];
        var scope = person.StationScope;
        var found = stations.Filed.Where(s => scope?.Contains(s.StationNo) is not false && StationMatch.Any(s, text)).Select(Hit).Take(Most).ToList();
        if (found.Count >= Most) return found;
        var open = await orders.ListAsync(new(Limit: 200), scope, default);
        found.AddRange(open.Items.Where(o => Has(o.Number, text) || Has(Title(o), text)).Select(Hit).Take(Most - found.Count));
        var raised = await alarms.ListAsync(new(OpenOnly: true, Limit: 200), scope, default);
        found.AddRange(raised.Items.Select(a => (Alarm: a, Text: AlarmWords.Sentence(a, stations))).Where(a => Has(a.Text, text)).Select(a => Hit(a.Alarm, a.Text)).Take(Most - found.Count));
        return found;
    }

    private SearchHit Hit(StationInfo station) => new("station", station.Title(), station.DischargerName, $"/stations/{Uri.EscapeDataString(station.Mn)}", station);

    private SearchHit Hit(WorkOrderView order) => new("order", $"{order.Number} {Title(order)}", Name(order.StationNo), $"/work-orders/{order.Id}", stations.Get(order.StationNo));

    private SearchHit Hit(AlarmView alarm, string text) => new("alarm", text, Name(alarm.StationNo), $"/alarms?id={alarm.Id}", alarm.StationNo is { } no ? stations.Get(no) : null);

    private string Name(int? stationNo) => stationNo is { } no && stations.Get(no) is { } station ? station.Title() : "";

    private string Title(WorkOrderView order) => OrderWords.Title(order, stations.Get(order.StationNo));

    private static bool Has(string? value, string text) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) is true;
}
