using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Importing;

internal static class ImportedEndpoints
{
    private static readonly Dictionary<string, Resolution> Periods = Enum.GetValues<Resolution>().ToDictionary(AlarmTexts.Code, StringComparer.Ordinal);

    /// <summary>Which imported data are asked for.</summary>
    public sealed class Asked
    {
        public string? Station { get; init; }

        public string? Factor { get; init; }

        public string? From { get; init; }

        public string? To { get; init; }

        public string? Period { get; init; }

        public int? Limit { get; init; }

        public string? After { get; init; }
    }

    public sealed record SourceJson(Guid Import, string File, int Row, string By, DateTimeOffset At);

    public sealed record ResultJson(
        string Mn, string Factor, DateTime SampledAt, string Value, string? Unit, string? Method, string? Laboratory, string? SampleNumber, string? Remark, bool Contradicts, string Provenance, SourceJson Source);

    public sealed record ValueJson(string Mn, string Factor, string Period, DateTime At, string Value, string? Unit, string? Flag, bool Contradicts, string Provenance, SourceJson Source);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/laboratory-results", ResultsAsync).RequireAuthorization(Policies.ReadBusiness).WithTags("exchange").WithSummary("Laboratory results that were imported, by time");
        api.MapGet("/imported-values", ValuesAsync).RequireAuthorization(Policies.ReadBusiness).WithTags("exchange").WithSummary("Values of another system that were imported, by time; never among readings");
    }

    private static async Task<Results<Ok<Page<ResultJson>>, ProblemHttpResult>> ResultsAsync([AsParameters] Asked asked, IImportedData data, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (asked.Period is not null) return Problems.Field("period", new Fault(ExchangeTexts.All, "not-here"));
        if (!Understand(asked, data, stations, current).TryGet(out var query, out var wrong)) return Refuse(wrong);
        var page = await data.LaboratoryAsync(query, current.StationScope, ct);
        return TypedResults.Ok(new Page<ResultJson>(
            [.. page.Items.Select(each => new ResultJson(Mn(stations, each.StationNo), each.Factor, each.At, each.Value, each.Unit, each.Method, each.Laboratory, each.SampleNumber, each.Remark, each.Contradicts, "imported", Json(each.Source)))],
            page.Next));
    }

    private static async Task<Results<Ok<Page<ValueJson>>, ProblemHttpResult>> ValuesAsync([AsParameters] Asked asked, IImportedData data, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (!Understand(asked, data, stations, current).TryGet(out var query, out var wrong)) return Refuse(wrong);
        var page = await data.ValuesAsync(query, current.StationScope, ct);
        return TypedResults.Ok(new Page<ValueJson>(
            [.. page.Items.Select(each => new ValueJson(Mn(stations, each.StationNo), each.Factor, AlarmTexts.Code(each.Period), each.At, each.Value, each.Unit, each.Flag, each.Contradicts, "imported", Json(each.Source)))],
            page.Next));
    }

    private static Result<ImportedQuery> Understand(Asked asked, IImportedData data, IStationDirectory stations, ICurrentActor current)
    {
        if (!QueryTime.TryParse(asked.From, out var from)) return new FieldFault("from", Faults.Time);
        if (!QueryTime.TryParse(asked.To, out var to)) return new FieldFault("to", Faults.Time);
        if (asked.Limit is < 1) return new FieldFault("limit", Faults.AtLeast(1));
        if (asked.After is not null && !data.IsPlace(asked.After)) return new FieldFault("after", Faults.Page);
        Resolution? period = null;
        if (asked.Period is not null)
        {
            if (!Periods.TryGetValue(asked.Period, out var known)) return new FieldFault("period", Faults.OneOf(Periods.Keys));
            period = known;
        }

        var station = asked.Station is null ? null : stations.FindFor(current, asked.Station);
        if (asked.Station is not null && station is null) return new Refusal("station.not-found");
        return new ImportedQuery(station?.StationNo, asked.Factor, Wall(from), Wall(to), period, asked.Limit ?? 100, asked.After);
    }

    private static ProblemHttpResult Refuse(Refusal refusal) => refusal.Code is "station.not-found" ? Problems.NotFound(refusal.Code) : Problems.From(refusal);

    private static DateTime? Wall(DateTimeOffset? at) => at is { } known ? StationClock.Wall(known) : null;

    private static string Mn(IStationDirectory stations, int stationNo) => stations.Get(stationNo)?.Mn ?? "";

    private static SourceJson Json(ImportSource source) => new(source.Import, source.FileName, source.Row, source.By, source.At);
}
