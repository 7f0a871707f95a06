namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>Two frames that give one series different values for one moment. The first is the one shown; both are kept as they came.</summary>
/// <param name="At">Sampled, wall clock of the station.</param>
/// <param name="First">The frame whose value stands.</param>
/// <param name="Second">The frame that says otherwise.</param>
public sealed record Contradiction(int StationNo, Resolution Resolution, DateTime At, string Factor, string Quantity, FrameId First, FrameId Second);

/// <summary>What stations have said twice and differently.</summary>
public interface IContradictions
{
    /// <summary>Those of [<paramref name="from"/>, <paramref name="to"/>) by sampled time, of one station or of all; also what is not on disk yet. Each once, in no order.</summary>
    Task<IReadOnlyList<Contradiction>> ListAsync(int? stationNo, DateTime from, DateTime to, CancellationToken ct);
}
