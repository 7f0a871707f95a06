using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>Keeps one loop for every target that is switched on, and begins it anew when the target or a station of it changes. Says loudly when a target takes nothing for long.</summary>
internal sealed class Forwarder(TargetStore store, ForwardServices services, IStationDirectory stations, IAlarmDesk desk, IOptions<ExchangeOptions> options, TimeProvider clock, ILogger<Forwarder> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);
    private readonly Dictionary<Guid, Running> _running = [];
    private readonly HashSet<(Guid Target, int Command)> _unanswered = [];
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A target was changed.</summary>
    public void Wake() => Volatile.Read(ref _woken).TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        stations.Changed += (_, _) => Wake();
        while (!stoppingToken.IsCancellationRequested)
        {
            var any = false;
            try
            {
                await RoundAsync(stoppingToken);
                any = _running.Count > 0;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested) // the outermost loop, also of a wait that was given up: the rows are still there, the next round tries again
            {
                log.RoundFailed(error);
                any = true;
            }
            catch (OperationCanceledException)
            {
                // stopping
            }

            // Without a target there is nothing to look after until somebody adds one.
            await Volatile.Read(ref _woken).Task.WaitAsync(any ? Look : Timeout.InfiniteTimeSpan, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Volatile.Write(ref _woken, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        foreach (var running in _running.Values) await running.StopAsync();
    }

    private async Task RoundAsync(CancellationToken ct)
    {
        var wanted = await store.OpenAsync(ct);
        foreach (var (id, running) in _running.ToList())
        {
            if (wanted.Any(target => target.Id == id && IsSame(target, running.Target)) && !running.Loop.IsCompleted) continue;
            _running.Remove(id);
            await running.StopAsync();
            if (running.Loop.Exception is { } broken) log.LoopBroken(running.Target.Name, broken.InnerException ?? broken);
            services.States.Set(id, TargetPhase.Off);
        }

        // The position is read again: the loop that ended has moved it.
        if (wanted.Any(target => !_running.ContainsKey(target.Id))) wanted = await store.OpenAsync(ct);
        foreach (var target in wanted.Where(target => !_running.ContainsKey(target.Id))) _running.Add(target.Id, Running.Start(target, services, ct));
        foreach (var running in _running.Values)
        {
            await AlarmAsync(running.Target, ct);
            if (wanted.FirstOrDefault(target => target.Id == running.Target.Id) is { } now) await UnansweredAsync(running.Target, now, ct);
        }
    }

    private Task AlarmAsync(TargetSetup target, CancellationToken ct)
    {
        var state = services.States.Of(target.Id);
        var since = state?.FailingSince ?? clock.GetUtcNow();
        var isDown = state?.FailingSince is not null && clock.GetUtcNow() - since >= options.Value.AlarmAfter;
        if (!isDown && state?.FailingSince is not null) return Task.CompletedTask; // too early to say, or too early to take it back
        var args = new Dictionary<string, string> { ["name"] = target.Name, ["why"] = state?.Trouble ?? "" };
        return desk.HandleAsync(new(null, AlarmKind.Platform, "forward:" + target.Name, AlarmSeverity.Warning, isDown, StationClock.Wall(since), null, isDown ? "forward.target-down" : "forward.recovered", args, "FORWARD@1", null), ct);
    }

    // Known as long as this node runs: what was answered again while it did not is taken back by hand.
    private async Task UnansweredAsync(TargetSetup target, TargetSetup now, CancellationToken ct)
    {
        var open = now.Places.Where(place => place.IsUnanswered).Select(place => place.Command).ToHashSet();
        foreach (var command in open.Where(command => _unanswered.Add((target.Id, command))).ToList()) await SayAsync(target, command, isActive: true, ct);
        foreach (var (id, command) in _unanswered.Where(each => each.Target == target.Id && !open.Contains(each.Command)).ToList())
        {
            _unanswered.Remove((id, command));
            await SayAsync(target, command, isActive: false, ct);
        }
    }

    private Task SayAsync(TargetSetup target, int command, bool isActive, CancellationToken ct)
    {
        var args = new Dictionary<string, string> { ["name"] = target.Name, ["command"] = command.ToString(CultureInfo.InvariantCulture) };
        return desk.HandleAsync(
            new(null, AlarmKind.Platform, $"forward:{target.Name}:{args["command"]}", AlarmSeverity.Warning, isActive, StationClock.Wall(clock.GetUtcNow()), null, isActive ? "forward.unanswered" : "forward.recovered", args, "FORWARD@1", null), ct);
    }

    private static bool IsSame(TargetSetup one, TargetSetup other) =>
        one.Version == other.Version && one.Profiles.Count == other.Profiles.Count && one.Profiles.All(each => other.Profiles.TryGetValue(each.Key, out var profile) && (each.Value with { Cipher = null }) == (profile with { Cipher = null }));

    private sealed record Running(TargetSetup Target, Task Loop, CancellationTokenSource Ending)
    {
        public static Running Start(TargetSetup target, ForwardServices services, CancellationToken ct)
        {
            var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
            services.States.Set(target.Id, TargetPhase.CatchingUp);
            return new(target, new TargetLoop(target, services).RunAsync(ending.Token), ending);
        }

        public async Task StopAsync()
        {
            await Ending.CancelAsync();
            await Loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Ending.Dispose();
        }
    }
}
