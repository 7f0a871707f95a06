namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>The one owner of a station's state: one turn at a time, on one node. Key: StationNo.</summary>
public interface IStationTwin : IGrainWithIntegerKey
{
    /// <summary>Applies frames in the order given: values to chunks, then liveness, validity, alarms. Idempotent per frame.</summary>
    Task ApplyAsync(IReadOnlyList<StationReport> reports);

    /// <summary>Puts the values of the frames into their chunks again and does nothing else: for chunks whose bytes were damaged on disk. The twin's state stays.</summary>
    Task KeepAsync(IReadOnlyList<StationReport> reports);

    /// <summary>A connection that speaks for this station opened or closed.</summary>
    Task LinkChangedAsync(bool connected, string remote, DateTimeOffset at);

    Task<StationSnapshot> SnapshotAsync();
}

public enum Liveness
{
    /// <summary>Nothing heard since start.</summary>
    Unknown,
    Live,

    /// <summary>Heard, but later than expected.</summary>
    Late,
    Dead,

    /// <summary>Says itself that it is stopped or in maintenance.</summary>
    Stopped,
}

/// <summary>The four lights and what hangs on them.</summary>
[Immutable]
[GenerateSerializer]
public sealed record StationSnapshot
{
    [Id(0)] public required int StationNo { get; init; }

    [Id(1)] public required Liveness Link { get; init; }

    [Id(2)] public required Liveness Logger { get; init; }

    /// <summary>Wall clock of the logger minus ours in seconds, by its newest QN; null when unknown.</summary>
    [Id(3)] public double? ClockSkewSeconds { get; init; }

    [Id(4)] public string? Remote { get; init; }

    [Id(5)] public DateTimeOffset? LastHeardAt { get; init; }

    [Id(6)] public IReadOnlyList<FactorState> Factors { get; init; } = [];

    [Id(7)] public IReadOnlyList<AnalyserState> Analysers { get; init; } = [];

    /// <summary>Newest device states and field information by name (<c>SB1-RS</c>, <c>i12001</c>).</summary>
    [Id(8)] public IReadOnlyDictionary<string, string> DeviceStates { get; init; } = new Dictionary<string, string>();

    /// <summary>Draft marks that are open now.</summary>
    [Id(9)] public IReadOnlyList<OpenMark> Marks { get; init; } = [];

    [Id(10)] public DateTimeOffset AsOf { get; init; }
}

/// <summary>One factor now. <paramref name="Verdict"/> is what the rules make of the newest value: <c>normal</c>, <c>warning</c>, <c>exceeded</c>, <c>invalid</c>, <c>suspect</c>.</summary>
[Immutable]
[GenerateSerializer]
public sealed record FactorState(
    [property: Id(0)] string Factor, [property: Id(1)] Liveness Liveness, [property: Id(2)] string? Text, [property: Id(3)] string? Converted, [property: Id(4)] string? Flag,
    [property: Id(5)] DateTime? SampledAt, [property: Id(6)] DateTimeOffset? ReceivedAt, [property: Id(7)] string Verdict, [property: Id(8)] string? FrameId);

/// <summary>One analyser now; its liveness is that of its factors and of what it says of itself.</summary>
[Immutable]
[GenerateSerializer]
public sealed record AnalyserState([property: Id(0)] string Name, [property: Id(1)] Liveness Liveness, [property: Id(2)] string? State, [property: Id(3)] IReadOnlyList<string> Factors);

/// <summary>A draft mark on factors, from device state; the discharger files it.</summary>
[Immutable]
[GenerateSerializer]
public sealed record OpenMark([property: Id(0)] string Mark, [property: Id(1)] IReadOnlyList<string> Factors, [property: Id(2)] DateTime From, [property: Id(3)] string Source);
