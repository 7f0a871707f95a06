using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Alarms.Notifications.Sending;

/// <summary>One lane a channel: a mail server that never answers holds back its own messages and nobody else's. Called by one at a time.</summary>
internal sealed class ChannelLanes(OutboxSender sender, ILogger<ChannelLanes> log)
{
    private readonly Dictionary<string, Task> _lanes = new(StringComparer.Ordinal);

    /// <summary>Starts a lane for each channel that has something due and no lane under way; waits for none of them.</summary>
    public async Task StartDueAsync(CancellationToken ct)
    {
        foreach (var (channel, _) in _lanes.Where(lane => lane.Value.IsCompleted).ToList()) _lanes.Remove(channel);
        foreach (var channel in await sender.DueChannelsAsync(ct))
            if (!_lanes.ContainsKey(channel)) _lanes.Add(channel, RunAsync(channel, ct));
    }

    /// <summary>Waits for the lanes that are under way.</summary>
    public Task FinishAsync() => Task.WhenAll(_lanes.Values);

    private async Task RunAsync(string channel, CancellationToken ct)
    {
        await Task.Yield(); // the embedded database answers on the caller's thread
        try
        {
            while (await sender.SendDueAsync(channel, ct) > 0)
            {
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The messages are rows: the next start goes on with them.
        }
        catch (Exception error)
        {
            // Outermost loop of this channel: whatever it met, its messages stay in the outbox and are due again.
            Log.RoundFailed(log, error);
        }
    }
}
