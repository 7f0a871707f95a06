namespace Qingyuan.Platform.Shared.Scheduling;

/// <summary>Work that falls due. Due dates are rows; one job asks every slice for its own.</summary>
public interface IDueScan
{
    /// <summary>For the log.</summary>
    string Name { get; }

    /// <summary>Handles what is due now. Idempotent: two nodes, or a run after a crash, do no harm.</summary>
    Task ScanAsync(CancellationToken ct);
}
