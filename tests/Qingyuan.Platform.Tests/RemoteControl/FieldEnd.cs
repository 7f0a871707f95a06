using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Hj212.Sessions;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.RemoteControl;

/// <summary>A logger of one station over a real socket: uploads a value now and then, answers requests as told, and remembers what it carried out. Comes back when the host goes away.</summary>
internal sealed class FieldEnd(string mn, Func<IPEndPoint> host) : IAsyncDisposable
{
    public const string Password = "123456";
    private readonly LoggerSession _session = new(mn, Password, LinkTiming.Mobile);
    private readonly CancellationTokenSource _end = new();
    private Task _running = Task.CompletedTask;

    /// <summary>What it says to a request; null says nothing at all.</summary>
    public Func<Message, RequestResult?> Reply { get; set; } = static _ => RequestResult.Ready;

    /// <summary>How it ends a request; null never says.</summary>
    public Func<Message, ExecutionResult?> Finish { get; set; } = static _ => ExecutionResult.Done;

    /// <summary>The frames it keeps for a request for history; they go out between 9011 and 9012.</summary>
    public Func<Message, IEnumerable<byte[]>> History { get; set; } = static _ => [];

    public ConcurrentQueue<Message> CarriedOut { get; } = [];

    /// <summary>Every request frame that arrived, resends included.</summary>
    public ConcurrentQueue<string> Arrived { get; } = [];

    public string Value { get; set; } = "18.2";

    /// <summary>Of its uploads; replies speak the edition of the request.</summary>
    public int Flag { get; init; } = 5;

    public static FieldEnd Start(string mn, Func<IPEndPoint> host, int edition = 2017)
    {
        var end = new FieldEnd(mn, host) { Flag = edition is 2005 ? 1 : 5 };
        end._running = end.RunAsync(new());
        return end;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task RunAsync(TaskCompletionSource first)
    {
        var number = 0;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var line = await Logger.ConnectAsync(host());
                await using var ending = _end.Token.Register(line.Dispose);
                await line.SendAsync(Upload(++number));
                first.TrySetResult();
                while (await line.TryReadAsync() is { } text)
                {
                    List<byte[]> kept = [];
                    Hear(text, kept);
                    while (_session.TakeFrame(TimeProvider.System.GetUtcNow()) is { } frame)
                    {
                        if (kept.Count > 0 && Encoding.ASCII.GetString(frame).Contains(";CN=9012;", StringComparison.Ordinal))
                            foreach (var old in kept) await line.SendAsync(old);
                        await line.SendAsync(frame);
                    }
                }
            }
            catch (Exception error) when (error is System.Net.Sockets.SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
            {
                // The host is down; it comes back.
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }

    private byte[] Upload(int number)
    {
        var now = StationClock.Wall(TimeProvider.System.GetUtcNow());
        return Logger.Frame($"QN={now:yyyyMMddHHmmssfff};ST=32;CN=2011;PW={Password};MN={mn};Flag={Flag};CP=&&DataTime={now.AddSeconds(number):yyyyMMddHHmmss};{(Flag is 1 ? "011" : $"w01018-SampleTime={now:yyyyMMddHHmmss},w01018")}-Rtd={Value},{(Flag is 1 ? "011" : "w01018")}-Flag=N&&");
    }

    private void Hear(string text, List<byte[]> kept)
    {
        var buffer = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text));
        if (FrameCutter.TryCut(ref buffer, out var cut) is not FrameStatus.Complete || MessageReader.Read(cut.SegmentSpan([]), Sender.Host).Message is not { } message) return;
        if (message.Role is MessageRole.Request) Arrived.Enqueue(text);
        var heard = _session.Hear(message, TimeProvider.System.GetUtcNow());
        if (heard.Kind is not HeardKind.Request || Reply(message) is not { } reply) return;
        _session.Reply(message, reply);
        if (reply is not RequestResult.Ready) return;
        CarriedOut.Enqueue(message);
        kept.AddRange(History(message));
        if (message.Command is 1011) _session.Data(message, new Clock(null, StationClock.Wall(TimeProvider.System.GetUtcNow())));
        if (Finish(message) is { } result) _session.Finish(message, result);
    }
}
