using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Automatic;

/// <summary>One authorisation. Only its end is ever added.</summary>
internal sealed class AuthorisationRow
{
    public Guid Id { get; init; }

    public int StationNo { get; init; }

    public required string Rule { get; init; }

    public required string Operation { get; init; }

    /// <summary>JSON object of texts.</summary>
    public required string Parameters { get; init; }

    public int TimesPerDay { get; init; }

    public TimeOnly From { get; init; }

    public TimeOnly To { get; init; }

    public DateTime ValidFrom { get; init; }

    public DateTime ValidTo { get; init; }

    public TimeOnly? DailyAt { get; init; }

    public required string Reason { get; init; }

    public required string GivenBy { get; init; }

    public DateTimeOffset GivenAt { get; init; }

    public string? RevokedBy { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public Authorisation Facts => new(Rule, Operation, TimesPerDay, From, To, ValidFrom, ValidTo, RevokedAt is not null);
}
