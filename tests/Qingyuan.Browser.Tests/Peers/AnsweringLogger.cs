using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Qingyuan.Browser.Tests.Peers;

/// <summary>A logger that stays on line and carries out whatever it is asked for: 9011 ready, 9012 done.</summary>
public sealed partial class AnsweringLogger : IAsyncDisposable
{
    private readonly TcpClient _client = new();
    private readonly CancellationTokenSource _end = new();
    private readonly string _mn;
    private readonly string _password;
    private Task _running = Task.CompletedTask;

    private AnsweringLogger(string mn, string password) => (_mn, _password) = (mn, password);

    /// <summary>CN of each request that came.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Connects and sends one value, so that its station is on line.</summary>
    public static async Task<AnsweringLogger> ConnectAsync(IPEndPoint platform, string mn, string password, DateTime at, string values)
    {
        var logger = new AnsweringLogger(mn, password);
        await logger._client.ConnectAsync(platform);
        var (qn, time) = (at.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture), at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));
        await logger.SendAsync($"QN={qn};ST=31;CN=2011;PW={password};MN={mn};Flag=5;CP=&&DataTime={time};{values}&&");
        logger._running = logger.AnswerAsync();
        return logger;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        _end.Dispose();
    }

    private async Task AnswerAsync()
    {
        using var reader = new StreamReader(_client.GetStream(), Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            var request = Request().Match(line);
            if (!request.Success || request.Groups[2].Value.StartsWith('9')) continue;
            Asked.Enqueue(request.Groups[2].Value);
            await SendAsync($"QN={request.Groups[1].Value};ST=91;CN=9011;PW={_password};MN={_mn};Flag=4;CP=&&QnRtn=1&&");
            await SendAsync($"QN={request.Groups[1].Value};ST=91;CN=9012;PW={_password};MN={_mn};Flag=4;CP=&&ExeRtn=1&&");
        }
    }

    private async Task SendAsync(string segment) => await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Logger.Framed(segment)), _end.Token);

    [GeneratedRegex(@"QN=(\d+);ST=\d+;CN=(\d{4});")]
    private static partial Regex Request();
}
