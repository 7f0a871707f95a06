using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Reading;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Sql.DataSets;

/// <summary>What was written.</summary>
/// <param name="Stations">Numbers of the stations in it: who no longer sees them all must not read on.</param>
internal sealed record Written(IReadOnlySet<int> Stations, long Values, int Unreadable);

/// <summary>Writes the files of a data set from what the slices tell, so that sight and rights hold and warm and cold storage look the same.</summary>
internal sealed class DataSetWriter(RowReader rows, RecordWriter records)
{
    /// <param name="folder">Empty; where the files go.</param>
    /// <param name="scope">The person's stations, null for all.</param>
    /// <returns>Refusals: <c>analysis.station-invalid</c>, <c>analysis.factor-invalid</c> (<c>factor</c>, code), <c>analysis.too-much</c>; then nothing was written.</returns>
    public async Task<Result<Written>> WriteAsync(SqlQuestion question, string folder, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        var asked = new List<(AnalysisQuery Query, IReadOnlyList<StationInfo> Stations)>();
        foreach (var query in question.Queries)
        {
            if (!rows.StationsOf(query, scope).TryGet(out var stations, out var refusal)) return refusal;
            if (!question.IsOfAll && stations.Count is 0 && !StandardFactors.Has(query.Factor)) return new Refusal("analysis.factor-invalid", "factor", query.Factor);
            asked.Add((query, stations));
        }

        var values = asked.Sum(each => each.Stations.Sum(station => RowReader.Periods(each.Query, station)));
        if (values > RowReader.Most) return new Refusal("analysis.too-much", values.ToString(CultureInfo.InvariantCulture), RowReader.Most.ToString(CultureInfo.InvariantCulture));
        StationInfo[] all = [.. asked.SelectMany(each => each.Stations).DistinctBy(station => station.StationNo).OrderBy(station => station.Mn, StringComparer.Ordinal)];
        var (count, unreadable) = await ReadingsAsync(asked, folder, ct);
        await WriteAsync(folder, SqlViews.Stations, all.Select(Station), ct);
        await WriteAsync(folder, SqlViews.Limits, all.SelectMany(Limits), ct);
        await records.WriteAsync(folder, all, question.Queries[0].From, question.Queries[0].To, ct);
        return new Written(all.Select(station => station.StationNo).ToHashSet(), count, unreadable);
    }

    internal static async Task WriteAsync<T>(string folder, string view, IEnumerable<T> cells, CancellationToken ct)
        where T : class, new()
    {
        await using var file = new ParquetFile<T>(Path.Combine(folder, SqlViews.File(view)));
        await file.AddAsync(cells, ct);
        await file.CompleteAsync(ct);
    }

    private async Task<(long Values, int Unreadable)> ReadingsAsync(IReadOnlyList<(AnalysisQuery Query, IReadOnlyList<StationInfo> Stations)> asked, string folder, CancellationToken ct)
    {
        await using var file = new ParquetFile<ReadingCells>(Path.Combine(folder, SqlViews.File(SqlViews.Readings)));
        var unreadable = 0;
        foreach (var (query, stations) in asked)
        foreach (var station in stations)
        {
            var factor = station.Factors.First(known => known.Code == query.Factor);
            await foreach (var piece in rows.ReadAsync(station, query, ct))
            {
                await file.AddAsync(piece.Rows.Select(row => Reading(row, query, factor)), ct);
                unreadable += piece.Unreadable;
            }
        }

        await file.CompleteAsync(ct);
        return (file.Rows, unreadable);
    }

    private static ReadingCells Reading(AnalysisRow row, AnalysisQuery query, FactorSetting factor) => new()
    {
        Mn = row.Station.Mn, Factor = factor.Code, FactorName = factor.NameZh, Period = AlarmTexts.Code(query.Resolution), SampledAt = row.At, Value = row.Value, Text = row.Text, Unit = factor.Unit, Flag = row.Mark,
        Verdict = row.Verdict, Over = row.Over, Source = query.Derived ? "derived" : "reported", Basis = query.Converted ? "converted" : "measured", Frame = row.Frame?.ToString(),
    };

    private static StationCells Station(StationInfo station) => new()
    {
        Mn = station.Mn, Name = station.Name, Kind = AlarmTexts.Code(station.Kind), Industry = station.Industry, DischargerCode = station.DischargerCode, Discharger = station.DischargerName, Outlet = station.Outlet,
        Permit = station.PermitNo, Address = station.Address, Edition = station.Edition, ReferenceOxygen = (double?)station.ReferenceOxygen,
        Longitude = (double?)station.Position?.Longitude, Latitude = (double?)station.Position?.Latitude, Datum = station.Position?.Datum.ToString().ToLowerInvariant(), Sample = station.IsSample,
    };

    private static IEnumerable<LimitCells> Limits(StationInfo station) =>
        from factor in station.Factors
        let limit = factor.Limit
        where limit is not null
        select new LimitCells
        {
            Mn = station.Mn, Factor = factor.Code, Upper = (double?)limit.Upper, Lower = (double?)limit.Lower, ColdUpper = (double?)limit.ColdUpper, Unit = factor.Unit, Basis = AlarmTexts.Code(limit.Basis), Source = limit.Source,
        };
}
