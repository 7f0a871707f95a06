using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Events;

internal static class EventEndpoints
{
    /// <summary>A comment this often, so that both ends notice a dead connection.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Then the client connects anew with its Last-Event-ID, and its right to listen is checked again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/events", FollowAsync)
        .RequireAuthorization(Policies.ReadBusiness).WithTags("events").WithSummary("Live changes as server-sent events; resumes by Last-Event-ID within 24 hours");

    private static async Task FollowAsync(HttpContext http, IEventStream events, ICurrentActor current, IHostApplicationLifetime life, TimeProvider clock)
    {
        if (!TryLast(http.Request, out var last))
        {
            var problem = Problems.Field("Last-Event-ID", Faults.WholeNumber);
            ProblemTexts.Localise(http, problem);
            await problem.ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = "text/event-stream";
        using var deadline = new CancellationTokenSource(Longest, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping, deadline.Token);
        try
        {
            await WriteAsync(http, ": connected\n\n", end.Token);
            await PumpAsync(http, events.FollowAsync(last, end.Token), current, clock, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Gone, stopping, or time to be checked again: the client resumes by number.
        }
    }

    private static async Task PumpAsync(HttpContext http, IAsyncEnumerable<LiveEvent> events, ICurrentActor current, TimeProvider clock, CancellationTokenSource end)
    {
        await using var source = events.GetAsyncEnumerator(end.Token);
        var next = source.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                if (await Task.WhenAny(next, Task.Delay(KeepAlive, clock, end.Token)) != next)
                {
                    await WriteAsync(http, ": keep-alive\n\n", end.Token);
                    continue;
                }

                if (!await next) return;
                var live = source.Current;
                if (InSight(live, current.StationScope)) await WriteAsync(http, $"id: {live.Seq}\nevent: {live.Kind}\ndata: {live.Data}\n\n", end.Token);
                next = source.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // A source may not be disposed of while it still looks for its next event.
            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What belongs to no station belongs to the installation, which a scoped caller does not see.
    private static bool InSight(LiveEvent live, IReadOnlySet<int>? scope) => scope is null || (live.StationNo is { } station && scope.Contains(station));

    private static async Task WriteAsync(HttpContext http, string text, CancellationToken ct)
    {
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await http.Response.Body.FlushAsync(ct);
    }

    private static bool TryLast(HttpRequest request, out long? last)
    {
        last = null;
        var said = request.Headers["Last-Event-ID"].ToString();
        if (said.Length is 0) said = request.Query["after"].ToString();
        if (said.Length is 0) return true;
        if (!long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)) return false;
        last = seq;
        return true;
    }
}
