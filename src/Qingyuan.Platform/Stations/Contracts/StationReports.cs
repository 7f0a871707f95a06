using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>What one accepted frame means to the twin. Measured values travel as <see cref="ReportedValues"/>; everything else as plain names and texts.</summary>
[Immutable]
[GenerateSerializer]
public sealed record StationReport
{
    [Id(0)] public required long FrameBatch { get; init; }

    [Id(1)] public required int FrameOrdinal { get; init; }

    [Id(2)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Command code as sent: 2011, 2051, 2061, 2031, 2021, 2081, 3019, 3020, 9015 …</summary>
    [Id(3)] public required string Command { get; init; }

    /// <summary>Null when the frame carries none.</summary>
    [Id(4)] public DateTime? DataTime { get; init; }

    /// <summary>The moment the logger built the frame, from QN; null when none was sent.</summary>
    [Id(5)] public DateTime? RequestTime { get; init; }

    /// <summary>Measured values (2011, 2051, 2061, 2031); empty otherwise.</summary>
    [Id(6)] public IReadOnlyList<StationValue> Values { get; init; } = [];

    /// <summary>Everything else in wire order: <c>SB1-RS=1</c>, <c>i12001-Info=2</c>, <c>RestartTime=…</c>.</summary>
    [Id(7)] public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>From an archive import: shown as imported, never live.</summary>
    [Id(8)] public bool Imported { get; init; }

    /// <summary>Which period its values speak for; null when values of this command are not kept.</summary>
    public Resolution? Resolution => Command switch
    {
        "2011" or "2013" or "2052" or "3020" or "sensor" => Telemetry.Contracts.Resolution.Realtime,
        "2051" or "2111" => Telemetry.Contracts.Resolution.Minute,
        "2061" => Telemetry.Contracts.Resolution.Hour,
        "2031" => Telemetry.Contracts.Resolution.Day,
        _ => null,
    };

    public FrameId Frame => new(FrameBatch, FrameOrdinal);
}

/// <summary><see cref="ReportedValue"/> in the shape that a twin is given.</summary>
[Immutable]
[GenerateSerializer]
public readonly record struct StationValue(
    [property: Id(0)] string Factor, [property: Id(1)] string Quantity, [property: Id(2)] string Text, [property: Id(3)] string? Flag, [property: Id(4)] DateTime? SampleTime);
