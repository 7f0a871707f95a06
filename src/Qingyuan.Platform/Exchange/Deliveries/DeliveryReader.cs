using System.Globalization;
using System.Runtime.CompilerServices;
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

    /// <summary>Whose values a rule delivers of a period that begins at <paramref name="from"/> (station wall clock), in the order in which they go into the file.</summary>
    /// <exception cref="DeliveryException"><see cref="DeliveryException.StationGone"/>.</exception>
    public IReadOnlyList<StationInfo> Stations(DeliveryRule rule, DateTime from)
    {
        // Renamed or gone: the recipient must not get less without anybody knowing.
        if (rule.Choice is StationChoice.Listed && rule.Stations.Any(mn => stations.Find(mn) is null)) throw new DeliveryException(DeliveryException.StationGone);
        // One that went out of use within the period is delivered up to then.
        return [.. stations.Filed.Where(station => DeliveryCheck.Chosen(rule, station) && !(station.RetiredAt is { } gone && StationClock.Wall(gone) <= from)).OrderBy(station => station.Mn, StringComparer.Ordinal)];
    }

    /// <summary>Rows in the order in which they go into the file, each part read when it is asked for: one kind of data of one station, and a day at a time where there may be a value every few seconds.</summary>
    /// <exception cref="DeliveryException">While enumerating: <see cref="DeliveryException.TooMuch"/>.</exception>
    public async IAsyncEnumerable<IReadOnlyList<string?[]>> ReadAsync(IReadOnlyList<StationInfo> of, DeliveryRule rule, DateTime from, DateTime to, [EnumeratorCancellation] CancellationToken ct)
    {
        var room = DeliveryTable.MostRows;
        foreach (var station in of)
        foreach (var data in rule.Data.Order())
        foreach (var (begin, end) in Pieces(data, from, to))
        {
            ct.ThrowIfCancellationRequested();
            var part = new Part(station, data, begin, end, room);
            if (data is DeliveryData.Laboratory) await LaboratoryAsync(part, rule, ct);
            else if (data is DeliveryData.DerivedHour or DeliveryData.DerivedDay) await DerivedAsync(part, rule, ct);
            else await ReportedAsync(part, rule, ct);
            room -= part.Rows.Count;
            yield return part.InOrder();
        }
    }

    // Rows go by time first, so days one after the other are in the order of the whole.
    private static IEnumerable<(DateTime Begin, DateTime End)> Pieces(DeliveryData data, DateTime from, DateTime to)
    {
        if (data is not (DeliveryData.Realtime or DeliveryData.Minute)) return [(from, to)];
        var days = (int)Math.Ceiling((to - from.Date) / TimeSpan.FromDays(1));
        return Enumerable.Range(0, days).Select(day => from.Date.AddDays(day)).Select(day => (day > from ? day : from, day.AddDays(1) < to ? day.AddDays(1) : to));
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

    /// <summary>One kind of data of one station, or a day of it.</summary>
    /// <param name="Room">How many rows the file still takes.</param>
    private sealed record Part(StationInfo Station, DeliveryData Data, DateTime From, DateTime To, int Room)
    {
        private readonly Dictionary<string, FactorSetting> _factors = Station.Factors.GroupBy(factor => factor.Code).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

        public List<string?[]> Rows { get; } = [];

        public void Add(string factor, DateTime at, string? quantity, string? value, string? flag, string? verdict, DateTime? sampled, string? note, DateTimeOffset? received, string? source, string? unit = null)
        {
            var known = _factors.GetValueOrDefault(factor);
            if (Rows.Count == Room) throw new DeliveryException(DeliveryException.TooMuch);
            Rows.Add(
            [
                Station.Mn, Station.Name, Station.DischargerName, factor, known?.NameZh, AlarmTexts.Code(Data), Wall(at), quantity, value, unit ?? (quantity is "Cou" ? null : known?.Unit), flag, verdict,
                sampled is { } sample ? Wall(sample) : null, note, received?.ToOffset(StationClock.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture), source,
            ]);
        }

        /// <summary>An order that depends on nothing but the rows themselves: storage may hand them out in another one later.</summary>
        public List<string?[]> InOrder() =>
        [
            .. Rows.OrderBy(row => row[6], StringComparer.Ordinal).ThenBy(row => row[3], StringComparer.Ordinal).ThenBy(row => row[7], StringComparer.Ordinal).ThenBy(row => row[8], StringComparer.Ordinal)
                .ThenBy(row => row[15], StringComparer.Ordinal),
        ];

        private static string Wall(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
