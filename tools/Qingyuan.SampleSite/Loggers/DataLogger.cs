using System.Net;
using System.Net.Sockets;
using Qingyuan.SampleSite.Outlets;

namespace Qingyuan.SampleSite.Loggers;

/// <summary>A sample data logger: works off what it owes (history first), then reports on time; keeps what it could not send.</summary>
internal sealed class DataLogger(Outlet outlet, IPEndPoint platform, Schedule schedule, TimeProvider clock)
{
    private readonly Responder _responder = new(outlet, clock);

    public async Task RunAsync(Action<DateTime> sentThrough, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await ConnectedAsync(sentThrough, ct);
            }
            catch (Exception error) when (error is IOException or SocketException)
            {
                await Console.Error.WriteLineAsync($"{outlet.Name}: {error.Message}");
            }

            await Task.Delay(TimeSpan.FromSeconds(2), clock, ct);
        }
    }

    private DateTime Wall => clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime;

    private async Task ConnectedAsync(Action<DateTime> sentThrough, CancellationToken ct)
    {
        while (outlet.LinkDown(Wall)) await Task.Delay(TimeSpan.FromSeconds(1), clock, ct);
        using var client = new TcpClient();
        await client.ConnectAsync(platform, ct);
        await using var link = new Link(outlet, client, _responder.Answer);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = link.ReadAsync(ended.Token);
        try
        {
            await ReportAsync(link, reading, sentThrough, ct);
        }
        finally
        {
            await ended.CancelAsync();
            client.Close();
            await IgnoreAsync(reading);
        }
    }

    private async Task ReportAsync(Link link, Task reading, Action<DateTime> sentThrough, CancellationToken ct)
    {
        while (!reading.IsCompleted && !outlet.LinkDown(Wall))
        {
            var now = Wall;
            var due = schedule.Due(now, _responder.RealtimeSeconds, _responder.RealtimeOn);
            foreach (var batch in due.Chunk(64))
            {
                await Task.WhenAll(batch.Select(upload => link.SendAsync(upload, () => Segment.NewRequestId(Wall), ct)));
                schedule.Sent(batch);
            }

            if (due.Count > 0) sentThrough(now);
            await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(1), clock, ct));
        }
    }

    private static async Task IgnoreAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The link is gone on purpose or was reported already.
        }
    }
}
