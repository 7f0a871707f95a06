using System.ComponentModel.DataAnnotations;

namespace Qingyuan.Platform.Security;

/// <summary>Settings of the slice, section <c>Security</c>.</summary>
internal sealed class SecurityOptions
{
    public const string Section = "Security";

    /// <value>Minutes without a request after which a session ends; 15.</value>
    [Range(1, 480)]
    public int IdleMinutes { get; init; } = 15;

    /// <value>Hours after which a session ends whatever happens; 8.</value>
    [Range(1, 24)]
    public int SessionHours { get; init; } = 8;

    /// <value>Failures in a row that lock an account; 5.</value>
    [Range(1, 100)]
    public int FailuresToLock { get; init; } = 5;

    /// <value>Minutes an account stays locked; 10.</value>
    [Range(1, 1440)]
    public int LockMinutes { get; init; } = 10;

    /// <value>Minutes for which a second factor shown again counts; 5.</value>
    [Range(1, 15)]
    public int StepUpMinutes { get; init; } = 5;

    /// <value>Sign-in attempts a minute from one address; 30.</value>
    [Range(1, 10_000)]
    public int SignInsPerMinute { get; init; } = 30;
}
