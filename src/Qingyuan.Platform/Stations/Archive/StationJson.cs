using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>A station as it is sent in. What is not sent stays at its usual value.</summary>
internal sealed record StationBody
{
    public string? Mn { get; init; }

    public string? Name { get; init; }

    public StationKind? Kind { get; init; }

    public int? Edition { get; init; }

    public string? Password { get; init; }

    public string? DischargerCode { get; init; }

    public string? DischargerName { get; init; }

    public string? Outlet { get; init; }

    public string? PermitNo { get; init; }

    public string? Industry { get; init; }

    public string? Address { get; init; }

    public decimal? Longitude { get; init; }

    public decimal? Latitude { get; init; }

    public PositionDatum? Datum { get; init; }

    public FlagTable? Flags { get; init; }

    public bool? IsSample { get; init; }

    public decimal? ReferenceOxygen { get; init; }

    public int? RealtimeSeconds { get; init; }

    public int? MinuteInterval { get; init; }

    public string? Technician { get; init; }

    public NetworkKind? Network { get; init; }

    public string? Key { get; init; }

    public IReadOnlyList<string?>? AllowedNetworks { get; init; }

    public IReadOnlyList<FactorBody?>? Factors { get; init; }

    /// <summary>The first member that must be there and is not.</summary>
    public string? Missing(bool passwordNeeded) => this switch
    {
        { Mn: null } => "mn",
        { Name: null } => "name",
        { Kind: null } => "kind",
        { Edition: null } => "edition",
        { Password: null } when passwordNeeded => "password",
        { Longitude: null } when Latitude is not null || Datum is not null => "longitude",
        { Latitude: null } when Longitude is not null => "latitude",
        { Datum: null } when Longitude is not null => "datum",
        _ => NullIn("allowedNetworks", AllowedNetworks) ?? NullIn("factors", Factors),
    };

    public StationDraft ToDraft() => new(Mn!, Name!, Kind!.Value, Edition!.Value, Password ?? "")
    {
        DischargerCode = DischargerCode,
        DischargerName = DischargerName,
        Outlet = Outlet,
        PermitNo = PermitNo,
        Industry = Industry,
        Address = Address,
        Position = this is { Longitude: { } longitude, Latitude: { } latitude, Datum: { } datum } ? new(longitude, latitude, datum) : null,
        Flags = Flags ?? FlagTable.Hj212,
        IsSample = IsSample ?? false,
        ReferenceOxygen = ReferenceOxygen,
        RealtimeSeconds = RealtimeSeconds,
        MinuteInterval = MinuteInterval,
        Technician = Technician,
        Network = Network ?? NetworkKind.Unstated,
        Key = Key,
        AllowedNetworks = [.. (AllowedNetworks ?? []).OfType<string>()],
        Factors = [.. (Factors ?? []).OfType<FactorBody>().Select(factor => factor.ToSetting())],
    };

    private static string? NullIn<T>(string field, IReadOnlyList<T?>? list)
        where T : class
    {
        for (var at = 0; at < list?.Count; at++)
            if (list[at] is null) return $"{field}[{at}]";
        return null;
    }
}

internal sealed record FactorBody
{
    public string? Code { get; init; }

    public string? NameZh { get; init; }

    public string? NameEn { get; init; }

    public string? Unit { get; init; }

    public int? Decimals { get; init; }

    public LimitBody? Limit { get; init; }

    public int? CycleMinutes { get; init; }

    public decimal? RangeUpper { get; init; }

    public string? Analyser { get; init; }

    public FactorSetting ToSetting()
    {
        var known = Code is null ? null : FactorCatalogue.Find(Code);
        return new(Code ?? "", NameZh ?? known?.NameZh ?? Code ?? "", NameEn ?? known?.NameEn ?? Code ?? "", Unit ?? known?.Unit ?? "", Decimals ?? known?.Decimals ?? 2,
            Limit?.ToLimit(), CycleMinutes, RangeUpper, Analyser);
    }
}

internal sealed record LimitBody(decimal? Upper, decimal? Lower, decimal? ColdUpper, LimitBasis? Basis, string? Source)
{
    public EmissionLimit ToLimit() => new(Upper, Lower, ColdUpper, Basis ?? LimitBasis.HourlyMean, Source ?? "");
}

/// <summary>A station as it is shown. The password never is.</summary>
public sealed record StationJson(
    int StationNo, Guid Id, string Mn, string Name, StationKind Kind, string Edition, FlagTable Flags, bool IsSample, DischargerJson Discharger, string Outlet,
    string? PermitNo, string? Industry, string? Address, ParametersJson Parameters, string? Technician, IReadOnlyList<string> Devices, IReadOnlyList<FactorSetting> Factors, NetworkKind Network, DateTimeOffset? KeySince,
    decimal? Longitude, decimal? Latitude, PositionDatum? Datum, DateTimeOffset? RetiredAt, string? RetiredBecause)
{
    public static StationJson From(StationInfo station)
    {
        ArgumentNullException.ThrowIfNull(station);
        return new(
            station.StationNo, station.Id, station.Mn, station.Name, station.Kind, station.Edition.ToString(System.Globalization.CultureInfo.InvariantCulture), station.Flags, station.IsSample,
            new(station.DischargerCode, station.DischargerName), station.Outlet, station.PermitNo, station.Industry, station.Address,
            new(station.ReferenceOxygen, station.RealtimeSeconds, station.MinuteInterval), station.Technician,
            [.. station.Factors.Select(factor => factor.Analyser).OfType<string>().Distinct()], station.Factors, station.Network, station.KeySince?.ToOffset(Qingyuan.Platform.Shared.StationClock.Offset),
            station.Position?.Longitude, station.Position?.Latitude, station.Position?.Datum, station.RetiredAt?.ToOffset(Qingyuan.Platform.Shared.StationClock.Offset), station.RetiredBecause);
    }
}

public sealed record DischargerJson(string Code, string Name);

public sealed record ParametersJson(decimal? ReferenceOxygen, int RealtimeSeconds, int MinuteInterval);
