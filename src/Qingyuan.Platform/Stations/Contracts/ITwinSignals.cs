using Qingyuan.Rules.Alarms;

namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>A cause that is open now, as the twin must know it again after a restart.</summary>
public sealed record OpenSignal(string Cause, DateTime Since, string? Factor, IReadOnlyDictionary<string, string> Args);

/// <summary>Where the twin says that a cause is present or gone. Declared by the slice that calls, kept by Alarms, so that slices have no cycle.</summary>
public interface ITwinSignals
{
    /// <summary>Handling is idempotent.</summary>
    Task HandleAsync(int stationNo, Signal signal, CancellationToken ct);

    /// <summary>What is open for a station.</summary>
    Task<IReadOnlyList<OpenSignal>> OpenAsync(int stationNo, CancellationToken ct);
}
