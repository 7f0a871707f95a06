using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Stations.Administration;

/// <summary>A station while it is being typed.</summary>
public sealed class StationForm
{
    public string Mn { get; set; } = "";

    public string Name { get; set; } = "";

    public StationKind Kind { get; set; } = StationKind.Gas;

    public int Edition { get; set; } = 2017;

    /// <summary>Empty keeps the one that is filed.</summary>
    public string Password { get; set; } = "";

    public string Outlet { get; set; } = "";

    public string DischargerCode { get; set; } = "";

    public string DischargerName { get; set; } = "";

    public string PermitNo { get; set; } = "";

    public string Industry { get; set; } = "";

    public string Address { get; set; } = "";

    public decimal? Longitude { get; set; }

    public decimal? Latitude { get; set; }

    /// <summary>What people pick from a map in China.</summary>
    public PositionDatum Datum { get; set; } = PositionDatum.Gcj02;

    public string Technician { get; set; } = "";

    public decimal? ReferenceOxygen { get; set; }

    public int RealtimeSeconds { get; set; } = 60;

    public int MinuteInterval { get; set; } = 10;

    public FlagTable Flags { get; set; } = FlagTable.Hj212;

    public NetworkKind Network { get; set; }

    /// <summary>SM4 key of edition 2025; empty keeps the one that is filed.</summary>
    public string Key { get; set; } = "";

    /// <summary>One CIDR range a line.</summary>
    public string AllowedNetworks { get; set; } = "";

    public bool IsSample { get; set; }

    public List<FactorForm> Factors { get; init; } = [];

    /// <param name="station">As filed.</param>
    /// <param name="access">Its address rules; without them saving would open the station to every address.</param>
    public static StationForm Of(StationInfo station, StationAccess? access) => new()
    {
        Mn = station.Mn, Name = station.Name, Kind = station.Kind, Edition = station.Edition, Outlet = station.Outlet,
        DischargerCode = station.DischargerCode, DischargerName = station.DischargerName, PermitNo = station.PermitNo ?? "", Industry = station.Industry ?? "",
        Address = station.Address ?? "", Longitude = station.Position?.Longitude, Latitude = station.Position?.Latitude, Datum = station.Position?.Datum ?? PositionDatum.Gcj02, Technician = station.Technician ?? "", ReferenceOxygen = station.ReferenceOxygen,
        RealtimeSeconds = station.RealtimeSeconds, MinuteInterval = station.MinuteInterval, Flags = station.Flags, IsSample = station.IsSample, Network = station.Network,
        AllowedNetworks = string.Join('\n', access?.AllowedNetworks ?? []),
        Factors = [.. station.Factors.Select(FactorForm.Of)],
    };

    public StationDraft ToDraft() => new(Mn.Trim(), Name.Trim(), Kind, Edition, Password)
    {
        Outlet = Text(Outlet), DischargerCode = Text(DischargerCode), DischargerName = Text(DischargerName), PermitNo = Text(PermitNo), Industry = Text(Industry),
        Address = Text(Address), Position = Position(), Technician = Text(Technician), Flags = Flags, IsSample = IsSample, ReferenceOxygen = ReferenceOxygen,
        RealtimeSeconds = RealtimeSeconds, MinuteInterval = MinuteInterval, Network = Network, Key = Text(Key),
        AllowedNetworks = AllowedNetworks.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        Factors = [.. Factors.Where(factor => factor.Code.Trim().Length > 0).Select(factor => factor.ToSetting())],
    };

    // Half of a position is a mistake to be named, not none.
    private StationPosition? Position() => Longitude is null && Latitude is null ? null : new(Longitude ?? decimal.MaxValue, Latitude ?? decimal.MaxValue, Datum);

    private static string? Text(string value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

/// <summary>One factor and its limit while they are being typed.</summary>
public sealed class FactorForm
{
    /// <summary>What the form does not show stays as it was filed.</summary>
    private FactorSetting? _filed;

    public string Code { get; set; } = "";

    public string NameZh { get; set; } = "";

    public string Unit { get; set; } = "";

    public decimal? Upper { get; set; }

    public decimal? Lower { get; set; }

    public decimal? ColdUpper { get; set; }

    public LimitBasis Basis { get; set; } = LimitBasis.HourlyMean;

    public string Source { get; set; } = "";

    public static FactorForm Of(FactorSetting factor) => new()
    {
        _filed = factor, Code = factor.Code, NameZh = factor.NameZh, Unit = factor.Unit, Upper = factor.Limit?.Upper, Lower = factor.Limit?.Lower,
        ColdUpper = factor.Limit?.ColdUpper, Basis = factor.Limit?.Basis ?? LimitBasis.HourlyMean, Source = factor.Limit?.Source ?? "",
    };

    public FactorSetting ToSetting()
    {
        var limit = Upper is null && Lower is null ? null : new EmissionLimit(Upper, Lower, ColdUpper, Basis, Source.Trim());
        var filed = _filed ?? new(Code.Trim(), NameZh.Trim(), NameZh.Trim(), Unit.Trim(), 2, null, null, null, null);
        return filed with { Code = Code.Trim(), NameZh = NameZh.Trim(), Unit = Unit.Trim(), Limit = limit };
    }
}
