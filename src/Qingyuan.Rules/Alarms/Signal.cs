namespace Qingyuan.Rules.Alarms;

/// <summary>A rule says that a cause is present or gone.</summary>
/// <param name="Kind">What kind of trouble.</param>
/// <param name="Cause">Unique per station, such as <c>exceedance:a21002</c>, <c>link</c>.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Active">True: present. False: gone.</param>
/// <param name="Since">Station wall clock at which it began (or ended).</param>
/// <param name="Factor">Null when it concerns no single factor.</param>
/// <param name="MessageCode">One of <see cref="SignalMessages"/>.</param>
/// <param name="Args">What the sentence names, as text.</param>
/// <param name="Rule">Rule id and version.</param>
/// <param name="Frame">A frame that shows it, null when none does.</param>
public sealed record Signal(
    SignalKind Kind, string Cause, SignalSeverity Severity, bool Active, DateTime Since, string? Factor,
    string MessageCode, IReadOnlyDictionary<string, string> Args, string Rule, string? Frame);
