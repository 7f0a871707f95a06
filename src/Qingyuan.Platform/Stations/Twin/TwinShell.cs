using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Twins;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>The services a twin's shell works with.</summary>
internal sealed record TwinServices(
    IStationDirectory Stations, IChunkWriter Chunks, TwinEffects Effects, TwinMemories Memories, LiveFeed Feed, TimeProvider Time, ILogger<StationTwin> Log);

/// <summary>One station's state around the pure twin. Not thread-safe: the grain calls it one turn at a time.</summary>
internal sealed class TwinShell
{
    private static readonly TimeSpan SayContradictionsEvery = TimeSpan.FromHours(1);

    /// <summary>The day in which a station went out of use, and what came late, are judged to their end.</summary>
    private static readonly TimeSpan JudgedFor = TimeSpan.FromHours(48);

    private readonly TwinServices _services;
    private StationInfo _station;
    private TwinSettings _settings;
    private TwinState _state;
    private int _contradictions;
    private DateTimeOffset? _contradictionsSaid;

    private TwinShell(TwinServices services, StationInfo station, TwinSettings settings, TwinState state) =>
        (_services, _station, _settings, _state) = (services, station, settings, state);

    /// <summary>The station is out of use and everything it sent is judged: nothing is left to do but to keep values of frames that were on their way.</summary>
    public bool IsOver => HasEnded(_services.Stations.Get(_station.StationNo) ?? _station, _services.Time.GetUtcNow());

    private Moment Now => TwinShapes.Moment(_services.Time.GetUtcNow());

    /// <exception cref="InvalidOperationException">The station is not filed.</exception>
    public static async Task<TwinShell> BeginAsync(int stationNo, TwinServices services, CancellationToken ct)
    {
        var station = services.Stations.Get(stationNo) ?? throw new InvalidOperationException($"Station {stationNo} is not filed.");
        var settings = TwinShapes.Settings(station);
        var shell = new TwinShell(services, station, settings, await services.Memories.RecallAsync(stationNo, settings, TwinShapes.Moment(services.Time.GetUtcNow()), ct));
        shell.Publish();
        return shell;
    }

    /// <summary>True when a twin is needed no more.</summary>
    public static bool HasEnded(StationInfo station, DateTimeOffset now) => station.RetiredAt is { } gone && now >= gone + JudgedFor;

    public async Task ApplyAsync(IReadOnlyList<StationReport> reports, CancellationToken ct)
    {
        if (!await IsAtWorkAsync(ct))
        {
            await KeepAsync(reports, ct);
            return;
        }

        foreach (var report in reports)
        {
            using var said = _services.Log.About(report.Frame);
            using var span = FrameTrace.Begin(report.Frame, _station.Mn, report.Command, report.ReceivedAt);
            // Values first: what the turn asks to be judged must be readable.
            if (TwinShapes.Values(report) is { } values) await KeepAsync(values, ct);
            var told = TwinShapes.Report(report);
            await TurnAsync(report.Imported ? Rules.Twins.Twin.ApplyImported(_state, told, _settings) : Rules.Twins.Twin.Apply(_state, told, _settings), ct);
        }

        Publish();
    }

    /// <summary>Values alone, as at the first time.</summary>
    public async Task KeepAsync(IReadOnlyList<StationReport> reports, CancellationToken ct)
    {
        foreach (var report in reports)
            if (TwinShapes.Values(report) is { } values) await KeepAsync(values, ct);
    }

    public async Task LinkChangedAsync(bool connected, string remote, DateTimeOffset at, CancellationToken ct)
    {
        if (!await IsAtWorkAsync(ct)) return;
        await TurnAsync(Rules.Twins.Twin.LinkChanged(_state, connected, remote, TwinShapes.Moment(at), _settings), ct);
        Publish();
    }

    public async Task TickAsync(CancellationToken ct)
    {
        if (!await IsAtWorkAsync(ct)) return;
        await TurnAsync(Rules.Twins.Twin.Tick(_state, Now, _settings), ct);
        Publish();
    }

    public StationSnapshot Snapshot() => Snapshots.Of(_station.StationNo, _state, Now, _settings);

    // The new state counts only when all its effects are done: a failed turn is taken again.
    private async Task TurnAsync(TwinOutcome outcome, CancellationToken ct) => _state = await _services.Effects.CarryOutAsync(_station, _settings, outcome, ct);

    private async Task KeepAsync(ReportedValues values, CancellationToken ct)
    {
        if (await _services.Chunks.ApplyAsync(_station.StationNo, values, ct) is not ApplyOutcome.Conflict) return;
        var now = _services.Time.GetUtcNow();
        _contradictions++;
        if (now - _contradictionsSaid < SayContradictionsEvery) return; // a logger that does so does it with every frame
        _services.Log.Contradictions(_station.StationNo, _contradictions, _contradictionsSaid ?? now, values.Frame.ToString());
        (_contradictions, _contradictionsSaid) = (0, now);
    }

    private void Publish()
    {
        var (station, state, now, settings) = (_station.StationNo, _state, Now, _settings);
        _services.Feed.Publish(station, () => Snapshots.Of(station, state, now, settings));
    }

    /// <summary>False when <see cref="IsOver"/>. The archive replaces a station's record whole when it changes.</summary>
    private async Task<bool> IsAtWorkAsync(CancellationToken ct)
    {
        if (_services.Stations.Get(_station.StationNo) is { } station && !ReferenceEquals(station, _station))
        {
            var settings = TwinShapes.Settings(station);
            // Its alarms were ended without the twin: back in use it knows what is open, and raises what is not.
            if (station.ReinstatedAt != _station.ReinstatedAt) _state = await _services.Memories.RecallAsync(station.StationNo, settings, Now, ct);
            (_station, _settings) = (station, settings);
        }

        return !IsOver;
    }
}
