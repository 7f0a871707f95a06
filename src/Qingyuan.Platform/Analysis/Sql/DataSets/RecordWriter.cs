using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Analysis.Sql.DataSets;

/// <summary>Writes the alarms and work orders of a data set's stations that touch its period.</summary>
internal sealed class RecordWriter(IAlarmDesk alarms, IWorkOrders orders)
{
    private const int Page = 500;

    public async Task WriteAsync(string folder, IReadOnlyList<StationInfo> stations, DateTime from, DateTime to, CancellationToken ct)
    {
        var names = stations.ToDictionary(station => station.StationNo, station => station.Mn);
        var scope = names.Keys.ToHashSet();
        await using (var file = new ParquetFile<AlarmCells>(Path.Combine(folder, SqlViews.File(SqlViews.Alarms))))
        {
            await foreach (var page in PagesAsync(after => alarms.ListAsync(new(Limit: Page, After: after, From: from, To: to), scope, ct)))
                await file.AddAsync(page.Where(alarm => alarm.StationNo is not null).Select(alarm => Alarm(alarm, names[alarm.StationNo!.Value])), ct);
            await file.CompleteAsync(ct);
        }

        await using (var file = new ParquetFile<WorkOrderCells>(Path.Combine(folder, SqlViews.File(SqlViews.WorkOrders))))
        {
            await foreach (var page in PagesAsync(after => orders.ListAsync(new(Limit: Page, After: after, From: from, To: to), scope, ct)))
                await file.AddAsync(page.Select(order => Order(order, names[order.StationNo])), ct);
            await file.CompleteAsync(ct);
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(Func<string?, Task<Page<T>>> read)
    {
        string? after = null;
        do
        {
            var page = await read(after);
            yield return page.Items;
            after = page.Next;
        }
        while (after is not null);
    }

    private static AlarmCells Alarm(AlarmView alarm, string mn) => new()
    {
        Id = alarm.Id.ToString(), Mn = mn, Kind = AlarmTexts.Code(alarm.Kind), Severity = AlarmTexts.Code(alarm.Severity), State = AlarmTexts.Code(alarm.State), Factor = alarm.Factor,
        Sentence = AlarmTexts.Sentence(alarm.MessageCode, alarm.Args), Rule = alarm.Rule, Since = alarm.Since, Until = alarm.Until, RaisedAt = StationClock.Wall(alarm.RaisedAt),
        ClearedAt = alarm.ClearedAt is { } cleared ? StationClock.Wall(cleared) : null, Raises = alarm.Count, WorkOrder = alarm.WorkOrderId?.ToString(),
    };

    private static WorkOrderCells Order(WorkOrderView order, string mn) => new()
    {
        Id = order.Id.ToString(), Number = order.Number, Mn = mn, Kind = order.Kind, Title = WorkOrderTexts.Title(order), State = AlarmTexts.Code(order.State), Technician = order.Technician, Cause = order.Cause,
        OpenedAt = StationClock.Wall(order.OpenedAt), ClosedAt = order.ClosedAt is { } closed ? StationClock.Wall(closed) : null, Alarm = order.AlarmId?.ToString(),
    };
}
