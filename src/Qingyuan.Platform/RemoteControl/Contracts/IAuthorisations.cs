using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.RemoteControl.Contracts;

/// <summary>A person's leave for a rule to start one operation at one station by itself.</summary>
/// <param name="Rule">Id and version.</param>
/// <param name="DailyAt">For schedules: the time of day; null otherwise.</param>
/// <param name="ValidFrom">Station wall clock.</param>
/// <param name="ValidTo">Not included.</param>
/// <param name="StartedToday">Commands it has started today.</param>
public sealed record AuthorisationView(
    Guid Id, int StationNo, string Rule, string Operation, IReadOnlyDictionary<string, string> Parameters, int TimesPerDay, TimeOnly From, TimeOnly To, DateTime ValidFrom, DateTime ValidTo, TimeOnly? DailyAt,
    string Reason, string GivenBy, DateTimeOffset GivenAt, string? RevokedBy, DateTimeOffset? RevokedAt, int StartedToday);

/// <summary>What is asked for.</summary>
public sealed record AuthorisationDraft(
    int StationNo, string Rule, string Operation, IReadOnlyDictionary<string, string> Parameters, int TimesPerDay, TimeOnly From, TimeOnly To, DateTime ValidFrom, DateTime ValidTo, TimeOnly? DailyAt, string Reason);

/// <summary>Authorisation records (授权记录): without one no rule and no schedule starts anything but reading.</summary>
public interface IAuthorisations
{
    /// <summary>Of one station, newest first, also those that have ended.</summary>
    Task<IReadOnlyList<AuthorisationView>> ListAsync(int stationNo, CancellationToken ct);

    /// <summary>Refuses <c>command.not-yours</c>, <c>command.station-unknown</c> and <c>authorisation.field-invalid</c>.</summary>
    Task<Result<AuthorisationView>> GiveAsync(AuthorisationDraft draft, Actor actor, CancellationToken ct);

    /// <summary>Takes it back; what was started goes on. Refuses <c>authorisation.not-found</c>.</summary>
    Task<Result<AuthorisationView>> RevokeAsync(Guid id, Actor actor, CancellationToken ct);
}
