namespace Qingyuan.Platform.Alarms.Notifications.Sending;

/// <summary>How long to wait after a failed attempt: doubling, bounded, and spread so that a gateway that comes back is not met by everything at once.</summary>
internal static class RetryDelay
{
    /// <param name="attempts">Attempts made so far, at least one.</param>
    /// <param name="options">First and longest wait.</param>
    /// <param name="chance">In [0, 1).</param>
    public static TimeSpan After(int attempts, AlarmsOptions options, double chance)
    {
        ArgumentNullException.ThrowIfNull(options);
        var full = options.FirstRetry.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 30));
        return TimeSpan.FromSeconds(Math.Min(full, options.LongestRetry.TotalSeconds) * (0.75 + (0.25 * chance)));
    }
}
