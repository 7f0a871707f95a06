namespace Qingyuan.Platform.Evidence.Contracts;

/// <summary>Told when records cannot reach the log. Declared here and implemented by the slice that calls people.</summary>
public interface IEvidenceAlarm
{
    /// <summary>The log writer stands still; intake and work go on. Repeated while it lasts.</summary>
    Task StalledAsync(string why, CancellationToken ct);

    /// <summary>It runs again.</summary>
    Task RecoveredAsync(CancellationToken ct);
}
