using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>What the loops share.</summary>
internal sealed record ForwardServices(IFrameTail Tail, IFrameOpener Opener, Positions Positions, TargetStates States, IOptions<ExchangeOptions> Options, TimeProvider Clock, ILogger<TargetLoop> Log);

/// <summary>Forwards to one target for as long as it runs: follows the frame log from where it was, over a connection that comes and goes.</summary>
/// <remarks>The log is the store; nothing is copied. Order is the log's, which is each station's own, within each lane. A place moves only over frames the target has answered.</remarks>
internal sealed class TargetLoop(TargetSetup target, ForwardServices services)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private readonly List<Place> _places = [.. target.Places];

    public async Task RunAsync(CancellationToken ct)
    {
        var pause = FirstPause;
        while (!ct.IsCancellationRequested)
        {
            pause = await ServeAsync(ct) ? FirstPause : pause * 2 < services.Options.Value.LongestPause ? pause * 2 : services.Options.Value.LongestPause;
            await Task.Delay(pause, services.Clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // One connection, and what was done over it written down. Whether anything was delivered.
    private async Task<bool> ServeAsync(CancellationToken ct)
    {
        await using var lanes = new TargetLanes(target, _places, services);
        try
        {
            return await ConnectedAsync(lanes, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await lanes.SaveAsync(CancellationToken.None);
        }
    }

    private async Task<bool> ConnectedAsync(TargetLanes lanes, CancellationToken ct)
    {
        ForwardLine? forward = null;
        try
        {
            await using var line = await OpenAsync(ct);
            services.States.Set(target.Id, TargetPhase.CatchingUp);
            forward = new ForwardLine(target, lanes, line, services);
            await forward.RunAsync(ct);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            services.States.Set(target.Id, TargetPhase.Waiting, error.Message);
            services.Log.TargetLost(target.Name, error.Message);
        }

        return forward?.HasDelivered is true;
    }

    private async Task<TargetLine> OpenAsync(CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(services.Options.Value.OverTime);
        try
        {
            return await TargetLine.OpenAsync(target, late.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new IOException("no connection in time");
        }
    }
}
