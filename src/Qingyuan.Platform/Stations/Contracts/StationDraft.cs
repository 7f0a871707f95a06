using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>A station to file. Only the first five members are demanded; factors default to the kind's usual ones.</summary>
public sealed record StationDraft(string Mn, string Name, StationKind Kind, int Edition, string Password)
{
    public string? DischargerCode { get; init; }
    public string? DischargerName { get; init; }
    public string? Outlet { get; init; }
    public string? PermitNo { get; init; }
    public string? Industry { get; init; }
    public string? Address { get; init; }
    public StationPosition? Position { get; init; }
    public FlagTable Flags { get; init; } = FlagTable.Hj212;
    public bool IsSample { get; init; }
    public decimal? ReferenceOxygen { get; init; }
    public int? RealtimeSeconds { get; init; }
    public int? MinuteInterval { get; init; }
    /// <summary>User name of an account in use with the technician's role.</summary>
    public string? Technician { get; init; }
    public NetworkKind Network { get; init; }
    /// <summary>SM4 key of 16 ASCII characters for edition 2025; null keeps what is filed. Earlier keys stay, so that what was stored stays readable.</summary>
    public string? Key { get; init; }
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];
    public IReadOnlyList<FactorSetting> Factors { get; init; } = [];
}

/// <summary>Files and changes stations; each change is a ledger entry.</summary>
public interface IStationArchive
{
    /// <summary>Refuses with a field name: <c>station.mn-taken</c>, <c>station.field-invalid</c>, <c>station.technician-invalid</c>.</summary>
    Task<Result<StationInfo>> AddAsync(StationDraft draft, Actor actor, CancellationToken ct);

    /// <summary>Files many, each for itself: what is wrong with one keeps out no other.</summary>
    /// <returns>In the order of <paramref name="drafts"/>.</returns>
    Task<IReadOnlyList<Result<StationInfo>>> AddAllAsync(IReadOnlyList<StationDraft> drafts, Actor actor, CancellationToken ct);

    /// <summary>Replaces what is filed for <paramref name="stationNo"/>; an empty password keeps the old one.</summary>
    Task<Result<StationInfo>> ChangeAsync(int stationNo, StationDraft draft, Actor actor, CancellationToken ct);
}
