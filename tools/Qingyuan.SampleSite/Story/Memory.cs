using System.Text.Json;

namespace Qingyuan.SampleSite.Story;

/// <summary>What the sample site remembers between runs: when it first ran, and up to when each logger's data are with the platform.</summary>
internal sealed class Memory
{
    private readonly string _file;
    private readonly Lock _lock = new();
    private State _state;

    private Memory(string file, State state) => (_file, _state) = (file, state);

    private sealed record State(DateTime FirstStart, Dictionary<string, DateTime> SentThrough);

    public DateTime FirstStart => _state.FirstStart;

    public static Memory Open(string folder, DateTime now)
    {
        var file = Path.Combine(folder, "sample-site.json");
        var state = File.Exists(file) ? JsonSerializer.Deserialize<State>(File.ReadAllText(file)) : null;
        return new(file, state ?? new(now, []));
    }

    /// <summary>Up to when data are sent; 24 hours before now on first start, and never further back.</summary>
    public DateTime Since(string mn, DateTime now)
    {
        lock (_lock)
        {
            var earliest = now.AddDays(-1);
            return _state.SentThrough.TryGetValue(mn, out var through) && through > earliest ? through : earliest;
        }
    }

    public void SentThrough(string mn, DateTime wall)
    {
        lock (_lock)
        {
            _state.SentThrough[mn] = wall;
            File.WriteAllText(_file + ".new", JsonSerializer.Serialize(_state));
            File.Move(_file + ".new", _file, overwrite: true);
        }
    }
}
