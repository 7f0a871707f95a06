using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Exchange;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Contracts;

/// <summary>A missing minute or hour of a station.</summary>
/// <param name="Start">Wall clock of the station.</param>
/// <param name="Why">Code of the reason why it cannot be had; null otherwise.</param>
/// <param name="Attempts">How often the logger was asked.</param>
/// <param name="Command">The newest question.</param>
public sealed record GapView(int StationNo, Resolution Resolution, DateTime Start, GapState State, string? Why, DateTimeOffset FoundAt, int Attempts, Guid? Command, DateTimeOffset? EndedAt);

/// <summary>How complete a station is.</summary>
public sealed record GapTally(int StationNo, int Missing, int Requested, int Filled, int Unfillable);

/// <param name="From">Wall clock.</param>
/// <param name="To">Not included.</param>
public sealed record GapQuery(int StationNo, DateTime From, DateTime To, Resolution? Resolution = null, GapState? State = null, int Limit = 2000);

/// <summary>What a list of a further platform and this one have.</summary>
/// <param name="Both">Periods both have.</param>
/// <param name="OnlyThere">Here missing.</param>
/// <param name="OnlyHere">There missing, of the time the list covers.</param>
/// <param name="NotRead">Lines that hold no time, with their numbers.</param>
public sealed record ListDifference(int Both, IReadOnlyList<DateTime> OnlyThere, IReadOnlyList<DateTime> OnlyHere, IReadOnlyList<(int Line, string Text)> NotRead);

/// <summary>补传: each missing minute and hour is a row, and history is asked for by itself.</summary>
public interface IBackfill
{
    /// <summary>Oldest first.</summary>
    Task<IReadOnlyList<GapView>> ListAsync(GapQuery query, CancellationToken ct);

    /// <summary>Of periods found missing in the last 31 days, stations with any.</summary>
    Task<IReadOnlyList<GapTally>> TallyAsync(IReadOnlySet<int>? scope, CancellationToken ct);

    /// <summary>Asks again for what could not be had. Returns how many periods.</summary>
    Task<Result<int>> AskAgainAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, Actor actor, CancellationToken ct);

    /// <summary>Compares a list of what a further platform received, one time a line, with what is here. Refuses <c>backfill.list-invalid</c>.</summary>
    Task<Result<ListDifference>> CompareAsync(int stationNo, Resolution resolution, string list, CancellationToken ct);
}
