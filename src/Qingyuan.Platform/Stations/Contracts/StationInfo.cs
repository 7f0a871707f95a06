namespace Qingyuan.Platform.Stations.Contracts;

public enum StationKind
{
    Gas,
    Water,
}

/// <summary>Which table the letters of data marks are read by. <c>F</c> and <c>B</c> differ between the two.</summary>
public enum FlagTable
{
    /// <summary>HJ 212-2017 table 8: F = instrument stopped, B = link abnormal.</summary>
    Hj212,

    /// <summary>HJ 75/76: F = source stopped, B = banked fire.</summary>
    Hj75,
}

/// <summary>What a logger reports over. HJ 212-2025 6.4: over the internet encryption shall be used, on private networks it should.</summary>
public enum NetworkKind
{
    /// <summary>Not filed.</summary>
    Unstated,

    /// <summary>Wired internet.</summary>
    Wired,

    /// <summary>4G and other mobile internet.</summary>
    Mobile,

    /// <summary>A dedicated line or VPN.</summary>
    Dedicated,
}

/// <summary>By which mean a limit is judged.</summary>
public enum LimitBasis
{
    /// <summary>Gas: hourly mean at reference oxygen.</summary>
    HourlyConverted,

    /// <summary>Hourly mean as measured.</summary>
    HourlyMean,

    /// <summary>Daily mean: municipal sewage works, waste incinerators; an hourly value over it only warns.</summary>
    DailyMean,
}

/// <summary>An emission limit as filed for the outlet.</summary>
/// <param name="Upper">Upper bound, null when there is only a lower one.</param>
/// <param name="Lower">Lower bound (pH), null otherwise.</param>
/// <param name="ColdUpper">Upper bound at water temperature ≤ 12 °C (NH3-N 5(8)), null when it does not switch.</param>
/// <param name="Basis">By which mean.</param>
/// <param name="Source">Standard or permit the number comes from, as filed.</param>
public sealed record EmissionLimit(decimal? Upper, decimal? Lower, decimal? ColdUpper, LimitBasis Basis, string Source);

/// <summary>One factor a station reports.</summary>
/// <param name="Code">2017 code; 2005 codes are mapped on the way in, what was sent stays stored.</param>
/// <param name="Decimals">Decimals shown and used for derived means.</param>
/// <param name="CycleMinutes">Measuring cycle of a water analyser; null for continuous instruments.</param>
/// <param name="RangeUpper">Upper end of the measuring range, null when not filed.</param>
public sealed record FactorSetting(
    string Code, string NameZh, string NameEn, string Unit, int Decimals, EmissionLimit? Limit, int? CycleMinutes, decimal? RangeUpper, string? Analyser);

/// <summary>What reports for one permit outlet.</summary>
/// <param name="StationNo">Small integer key inside; never reused.</param>
/// <param name="Edition">2005, 2017 or 2025: what the logger is expected to speak; each frame is read by its own flag.</param>
/// <param name="IsSample">A station of the sample site: labelled 样例, never forwarded, counted or reported.</param>
/// <param name="ReferenceOxygen">Percent; null when the outlet's limits are not oxygen-referenced.</param>
/// <param name="RealtimeSeconds">Expected interval of 2011 frames.</param>
/// <param name="Technician">User name of the responsible technician, null when none is assigned.</param>
public sealed record StationInfo(
    int StationNo, Guid Id, string Mn, string Name, StationKind Kind, int Edition, FlagTable Flags, bool IsSample,
    string DischargerCode, string DischargerName, string Outlet, string? PermitNo, string? Industry, decimal? ReferenceOxygen,
    int RealtimeSeconds, int MinuteInterval, string? Technician, string? Address, IReadOnlyList<FactorSetting> Factors)
{
    /// <summary>What its logger reports over.</summary>
    public NetworkKind Network { get; init; }

    /// <summary>Null when it is not filed.</summary>
    public StationPosition? Position { get; init; }

    /// <summary>Since when its newest SM4 key is filed; null when none is.</summary>
    public DateTimeOffset? KeySince { get; init; }

    /// <summary>When it went out of use; null while it is in use. What it reported stays and can be read.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>Why it went out of use.</summary>
    public string? RetiredBecause { get; init; }

    /// <summary>When it came back into use last; null when it never was out of it.</summary>
    public DateTimeOffset? ReinstatedAt { get; init; }

    public bool IsInUse => RetiredAt is null;
}
