using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>Frames as the log would give them again, and what of them a test lets be found.</summary>
internal sealed class FramesAgain : IChunkRefill
{
    private readonly List<(int Station, RefillReach Reach, ReportedValues Values)> _frames = [];
    private IServiceProvider? _house;

    /// <summary>Called before each refill.</summary>
    public Action<int>? Asked { get; set; }

    public FramesAgain In(IServiceProvider house)
    {
        _house = house;
        return this;
    }

    public void Add(int station, ReportedValues values, RefillReach reach = RefillReach.Usual) => _frames.Add((station, reach, values));

    public async Task<int> RefillAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, RefillReach reach, bool isJudged, CancellationToken ct)
    {
        Asked?.Invoke(stationNo);
        var count = 0;
        foreach (var (_, _, values) in _frames.Where(frame => frame.Station == stationNo && frame.Reach == reach && frame.Values.Resolution == resolution && frame.Values.DataTime >= from && frame.Values.DataTime < to))
        {
            await _house!.GetRequiredService<IChunkWriter>().ApplyAsync(stationNo, values, ct);
            count++;
        }

        return count;
    }
}
