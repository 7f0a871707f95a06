using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>Reads what a rule delivers of a period: everything that is stored, as it is stored. No value and no mark is a reason to leave anything out.</summary>
internal sealed class DeliveryReader(ITelemetryReader telemetry, IImportedData imported, IStationDirectory stations)
{
    private const int Page = 1000;

    public async Task<DeliveryTable> ReadAsync(DeliveryRule rule, DateTime from, DateTime to, CancellationToken ct)
    {
        // Renamed or gone: the recipient must not get less without anybody knowing.
        if (rule.Choice is StationChoice.Listed && rule.Stations.Any(mn => stations.Find(mn) is null)) throw new DeliveryException(DeliveryException.StationGone);
        var table = new DeliveryTable();
        foreach (var station in stations.All.Where(station => DeliveryCheck.Chosen(rule, station)).OrderBy(station => station.Mn, StringComparer.Ordinal))
        {
            table.Stations++;
            foreach (var data in rule.Data.Order())
            {
                ct.ThrowIfCancellationRequested();
                var part = new Part(table, station, data, from, to);
                if (data is DeliveryData.Laboratory) await LaboratoryAsync(part, rule, ct);
                else if (data is DeliveryData.DerivedHour or DeliveryData.DerivedDay) await DerivedAsync(part, rule, ct);
                else await ReportedAsync(part, rule, ct);
                table.Add(part.Rows);
            }
        }

        return table;
    }

    private async Task ReportedAsync(Part part, DeliveryRule rule, CancellationToken ct)
    {
        foreach (var frame in await telemetry.ReadAllAsync(part.Station.StationNo, Period(part.Data), part.From, part.To, ct))
        foreach (var value in frame.Values.Where(value => rule.Factors.Count is 0 || rule.Factors.Contains(value.Factor)))
            part.Add(value.Factor, frame.DataTime, value.Quantity, value.Text, value.Flag, null, value.SampleTime, null, frame.ReceivedAt, frame.Frame.ToString());
    }

    private async Task DerivedAsync(Part part, DeliveryRule rule, CancellationToken ct)
    {
        foreach (var factor in part.Station.Factors.Where(factor => rule.Factors.Count is 0 || rule.Factors.Contains(factor.Code)))
        foreach (var row in await telemetry.ReadAsync(new(part.Station.StationNo, factor.Code, part.From, part.To, Period(part.Data), Derived: true), ct))
        {
            // A period that was judged and has no value is told too.
            part.Add(factor.Code, row.At, "Avg", row.Value, row.Flag, row.Verdict, row.SampleTime, null, null, null);
            foreach (var (quantity, text) in new[] { ("ZsAvg", row.Converted), ("Min", row.Min), ("Max", row.Max) })
                if (text is not null) part.Add(factor.Code, row.At, quantity, text, row.Flag, row.Verdict, row.SampleTime, null, null, null);
        }
    }

    private async Task LaboratoryAsync(Part part, DeliveryRule rule, CancellationToken ct)
    {
        string? after = null;
        do
        {
            var page = await imported.LaboratoryAsync(new(part.Station.StationNo, null, part.From, part.To, Limit: Page, After: after), null, ct);
            foreach (var result in page.Items.Where(result => rule.Factors.Count is 0 || rule.Factors.Contains(result.Factor)))
            {
                string?[] note = [result.Laboratory, result.Method, result.SampleNumber, result.Remark, result.Contradicts ? "contradicts" : null];
                part.Add(result.Factor, result.At, null, result.Value, null, null, null, string.Join("; ", note.Where(text => !string.IsNullOrEmpty(text))), result.Source.At, $"import:{result.Source.Import}:{result.Source.Row}", result.Unit);
            }

            after = page.Next;
        }
        while (after is not null);
    }

    private static Resolution Period(DeliveryData data) => data switch
    {
        DeliveryData.Realtime => Resolution.Realtime,
        DeliveryData.Minute => Resolution.Minute,
        DeliveryData.Hour or DeliveryData.DerivedHour => Resolution.Hour,
        _ => Resolution.Day,
    };

    /// <summary>One kind of data of one station.</summary>
    private sealed record Part(DeliveryTable Table, StationInfo Station, DeliveryData Data, DateTime From, DateTime To)
    {
        private readonly Dictionary<string, FactorSetting> _factors = Station.Factors.GroupBy(factor => factor.Code).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

        public List<string?[]> Rows { get; } = [];

        public void Add(string factor, DateTime at, string? quantity, string? value, string? flag, string? verdict, DateTime? sampled, string? note, DateTimeOffset? received, string? source, string? unit = null)
        {
            var known = _factors.GetValueOrDefault(factor);
            if (Table.Rows.Count + Rows.Count == DeliveryTable.MostRows) throw new DeliveryException(DeliveryException.TooMuch);
            Rows.Add(
            [
                Station.Mn, Station.Name, Station.DischargerName, factor, known?.NameZh, AlarmTexts.Code(Data), Wall(at), quantity, value, unit ?? (quantity is "Cou" ? null : known?.Unit), flag, verdict,
                sampled is { } sample ? Wall(sample) : null, note, received?.ToOffset(StationClock.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture), source,
            ]);
        }

        private static string Wall(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
