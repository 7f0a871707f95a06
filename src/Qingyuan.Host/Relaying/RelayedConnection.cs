using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Qingyuan.Host.Relaying;

/// <summary>One connection that came to a node that waits: brought to the serving one, byte for byte, both ways.</summary>
internal static class RelayedConnection
{
    private static readonly TimeSpan HttpPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LoggerPatience = TimeSpan.FromSeconds(60);

    /// <summary>After the caller said its last word: so long may the answer take.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(30);

    /// <param name="caller">Who called here.</param>
    /// <param name="node">Name of this node.</param>
    /// <param name="line">Which of its listeners.</param>
    /// <param name="isPlain">Between the nodes as well.</param>
    /// <param name="serving">Finds the other end.</param>
    public static async Task RunAsync(ConnectionContext caller, string node, string line, bool isPlain, ServingLine serving)
    {
        var isHttp = line.StartsWith("http", StringComparison.Ordinal);
        try
        {
            await using var open = await serving.OpenAsync(new(node, line, (IPEndPoint)caller.RemoteEndPoint!), isPlain, isHttp ? HttpPatience : LoggerPatience, caller.ConnectionClosed);
            if (open is not null) await BringAsync(caller, open);
            else if (isHttp) await NobodyServes.SayAsync(caller);
        }
        catch (Exception error) when (error is IOException or SocketException or TimeoutException or OperationCanceledException or ConnectionAbortedException or ObjectDisposedException)
        {
            // One of the two is gone; a logger that got no answer sends again.
            caller.Abort(new ConnectionAbortedException(error.Message));
        }
    }

    private static async Task BringAsync(ConnectionContext caller, ServingConnection serving)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(serving.Gone);
        var there = caller.Transport.Input.CopyToAsync(serving.Stream, end.Token);
        var back = serving.Stream.CopyToAsync(caller.Transport.Output, end.Token);
        if (await Task.WhenAny(there, back) == there)
        {
            await there;
            await serving.EndSendingAsync();
            await back.WaitAsync(LastWord);
            return;
        }

        await end.CancelAsync();
        await there.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await back;
    }
}
