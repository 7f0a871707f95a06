using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>Takes stations out of use and back. Nothing they reported is touched; each change is a ledger entry.</summary>
public interface IStationRetirement
{
    /// <summary>Characters of a reason.</summary>
    const int LongestReason = 500;

    /// <summary>Takes a station out of use: its MN is unknown to the listener from now on, its open alarms end, orders nobody has begun are cancelled. One that is out of use stays as it is.</summary>
    /// <returns>Refusals: <c>station.not-found</c>, <c>station.reason-missing</c>, <c>station.reason-invalid</c>, <c>station.changed-meanwhile</c>, or what an <see cref="IStationDuty"/> holds against it.</returns>
    Task<Result<StationInfo>> RetireAsync(int stationNo, string? reason, Actor actor, CancellationToken ct);

    /// <summary>Takes a station back into use under the MN it had. One that is in use stays as it is.</summary>
    /// <returns>Refusals: <c>station.not-found</c>, <c>station.reason-missing</c>, <c>station.reason-invalid</c>, <c>station.mn-taken</c> (MN, holder).</returns>
    Task<Result<StationInfo>> ReinstateAsync(int stationNo, string? reason, Actor actor, CancellationToken ct);
}

/// <summary>What another slice has open for a station, and must not have open for one that is out of use. Registered in dependency injection.</summary>
public interface IStationDuty
{
    /// <summary>Why the station cannot go now; null when it can.</summary>
    Task<Refusal?> HindranceAsync(QingyuanDb db, int stationNo, CancellationToken ct) => Task.FromResult<Refusal?>(null);

    /// <summary>Ends what is open, in the transaction in which the station goes. Idempotent: it is asked again once the directory says that the station is out of use.</summary>
    Task EndAsync(QingyuanDb db, int stationNo, string reason, Actor actor, CancellationToken ct);
}

/// <summary>What another slice keeps of what a station reported or others reported for it. Registered in dependency injection.</summary>
public interface IStationData
{
    /// <summary>True when there is anything: its MN stays its own, so that it can be found.</summary>
    Task<bool> AnyAsync(QingyuanDb db, int stationNo, CancellationToken ct);
}
