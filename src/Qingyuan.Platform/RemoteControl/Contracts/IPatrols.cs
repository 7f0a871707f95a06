using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.RemoteControl.Contracts;

/// <summary>One thing a patrol looked at.</summary>
/// <param name="Code">Such as <c>patrol.link</c>, <c>patrol.clock</c>.</param>
/// <param name="Subject">Factor, parameter or alarm it is about; empty when the station as a whole.</param>
/// <param name="Found">What was found, as text.</param>
/// <param name="IsFine">False when a person should look at it.</param>
/// <param name="Command">The reading it comes from, null when from what is kept here.</param>
public sealed record PatrolItem(string Code, string Subject, string Found, bool IsFine, Guid? Command);

/// <param name="EndedAt">Null while devices are being read.</param>
/// <param name="Items">Empty until then.</param>
/// <param name="LedgerEntry">The report in the electronic ledger, which seals and signs it.</param>
public sealed record PatrolView(Guid Id, int StationNo, string AskedBy, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<PatrolItem> Items, Guid? LedgerEntry)
{
    public int Remarks => Items.Count(item => !item.IsFine);
}

/// <summary>远程巡查: reads states, clock, parameters and newest data of a station, and writes a signed report.</summary>
public interface IPatrols
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<PatrolView>> ListAsync(int stationNo, int limit, CancellationToken ct);

    /// <summary>Begins one now. Refuses <c>patrol.running</c>.</summary>
    Task<Result<PatrolView>> BeginAsync(int stationNo, Actor actor, CancellationToken ct);

    /// <summary>The time of day at which the station is patrolled by itself; null when it is not.</summary>
    Task<TimeOnly?> PlanAsync(int stationNo, CancellationToken ct);

    /// <summary>Plans a daily patrol; null ends the plan. Returns why not, such as <c>command.not-yours</c>; null when it is done.</summary>
    Task<Refusal?> PlanAsync(int stationNo, TimeOnly? dailyAt, Actor actor, CancellationToken ct);
}
