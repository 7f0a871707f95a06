using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;

namespace Qingyuan.Host.Relaying;

/// <summary>One connection that came to a node that waits: brought to the serving one, byte for byte, both ways.</summary>
internal static class RelayedConnection
{
    private static readonly TimeSpan HttpPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LoggerPatience = TimeSpan.FromSeconds(60);

    /// <summary>After the caller said its last word: so long may the answer take.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(ConnectionContext caller, string node, string line, ServingLine serving)
    {
        var isHttp = line.StartsWith("http", StringComparison.Ordinal);
        try
        {
            await using var open = await serving.OpenAsync(isHttp ? HttpPatience : LoggerPatience, caller.ConnectionClosed);
            if (open is not null) await BringAsync(caller, open, new(node, line, (IPEndPoint)caller.RemoteEndPoint!));
            else if (isHttp) await NobodyServes.SayAsync(caller);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ConnectionAbortedException or ObjectDisposedException)
        {
            // One of the two is gone; a logger that got no answer sends again.
            caller.Abort(new ConnectionAbortedException(error.Message));
        }
    }

    private static async Task BringAsync(ConnectionContext caller, SslStream serving, RelayHeader header)
    {
        await serving.WriteAsync(header.ToBytes());
        using var end = new CancellationTokenSource();
        var there = caller.Transport.Input.CopyToAsync(serving, end.Token);
        var back = serving.CopyToAsync(caller.Transport.Output, end.Token);
        if (await Task.WhenAny(there, back) == there)
        {
            await there;
            await serving.ShutdownAsync();
            await back.WaitAsync(LastWord);
            return;
        }

        await end.CancelAsync();
        await there.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await back;
    }
}
