namespace Qingyuan.Rules.RemoteControl;

/// <summary>授权: a person lets a rule start one operation by itself, within bounds.</summary>
/// <param name="Rule">Id and version of the rule; another version needs another authorisation.</param>
/// <param name="Operation">Code of the operation.</param>
/// <param name="TimesPerDay">At one station in one calendar day.</param>
/// <param name="From">Earliest time of day.</param>
/// <param name="To">Latest time of day; before <paramref name="From"/> it lies in the next day, equal to it the whole day is meant.</param>
/// <param name="ValidFrom">Station wall clock.</param>
/// <param name="ValidTo">Not included.</param>
/// <param name="IsRevoked">Taken back.</param>
public sealed record Authorisation(string Rule, string Operation, int TimesPerDay, TimeOnly From, TimeOnly To, DateTime ValidFrom, DateTime ValidTo, bool IsRevoked);
