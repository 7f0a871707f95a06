using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Qingyuan.Benchmarks.Ingest;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Benchmarks.Host;

/// <summary>A logger that sends a frame every while over one connection, and calls again at the next of its addresses when that breaks, as loggers with several centres do.</summary>
internal sealed class CallingLogger(int station, IReadOnlyList<IPEndPoint> addresses, TimeSpan every)
{
    /// <summary>As loggers wait for an answer, three times some seconds.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(15);
    private readonly byte[] _in = new byte[4096];
    private long _expected = long.MaxValue;
    private int _number;
    private int _address;

    /// <summary>Frames that were answered.</summary>
    public int Answered { get; private set; }

    /// <value><see cref="Stopwatch"/> of the first answer over a connection that was opened after <see cref="Expect"/>; 0 before it came.</value>
    public long AnsweredAgain { get; private set; }

    /// <summary>Connections opened from now on are of interest.</summary>
    public void Expect() => (_expected, AnsweredAgain) = (Stopwatch.GetTimestamp(), 0);

    public async Task RunAsync(CancellationToken ct)
    {
        // Not all in one moment.
        await Task.Delay(every * (station % 100 / 100.0), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(addresses[_address % addresses.Count], ct);
                var opened = Stopwatch.GetTimestamp();
                while (await SendAsync(socket, opened, ct)) await Task.Delay(every, ct);
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                // calls again below
            }

            _address++;
            await Task.Delay(200, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> SendAsync(Socket socket, long opened, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(AnswerPatience);
        var at = new DateTime(2026, 1, 1).AddSeconds(_number).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        await socket.SendAsync(new FrameBuilder { Qn = at + "000", St = "32", Cn = "2011", Pw = "123456", Mn = BenchLogger.Mn(station), Flag = 5, Area = $"DataTime={at};w01018-Rtd=11.25,w01018-Flag=N" }.ToBytes(), patience.Token);
        if (await socket.ReceiveAsync(_in, patience.Token) is 0) return false;
        (_number, Answered) = (_number + 1, Answered + 1);
        if (AnsweredAgain is 0 && opened > _expected) AnsweredAgain = Stopwatch.GetTimestamp();
        return true;
    }
}
