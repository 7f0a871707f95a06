using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Qingyuan.Browser.Tests.Peers;

/// <summary>Plays one data logger of HJ 212-2017 over the socket; its checksum is its own, so that it can disagree with ours.</summary>
public sealed class Logger(IPEndPoint platform, string mn, string password)
{
    /// <summary>Sends one 2011 frame and waits for its acknowledgement: from then on it is durable.</summary>
    /// <param name="sampledAt">Station wall clock.</param>
    /// <param name="values">Such as <c>a21002-Rtd=38.2,a21002-Flag=N</c>, one entry a factor.</param>
    public async Task<string> SendRealtimeAsync(DateTime sampledAt, IReadOnlyList<string> values)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(platform);
        var stream = client.GetStream();
        await stream.WriteAsync(Frame(sampledAt, values));
        var buffer = new byte[1024];
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var read = await stream.ReadAsync(buffer, patience.Token);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    /// <summary>Sends one 2011 frame and closes; a stranger is answered nothing.</summary>
    public async Task SendUnansweredAsync(DateTime sampledAt, IReadOnlyList<string> values)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(platform);
        await client.GetStream().WriteAsync(Frame(sampledAt, values));
    }

    /// <summary>An upload of another kind, over a connection of its own; returns when it was answered.</summary>
    public Task SendAsync(string command, string fields) => SendAtAsync(command, TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime, fields);

    /// <summary>The same for a period of the past.</summary>
    public async Task SendAtAsync(string command, DateTime at, string fields)
    {
        var now = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime;
        using var client = new TcpClient();
        await client.ConnectAsync(platform);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(Framed($"QN={now.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)};ST=31;CN={command};PW={password};MN={mn};Flag=5;CP=&&DataTime={at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)};{fields}&&")));
        Assert.True(await client.GetStream().ReadAsync(new byte[512]) > 0);
    }

    private byte[] Frame(DateTime sampledAt, IReadOnlyList<string> values)
    {
        var qn = sampledAt.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        var segment = $"QN={qn};ST=31;CN=2011;PW={password};MN={mn};Flag=5;CP=&&DataTime={sampledAt.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)};{string.Join(';', values)}&&";
        return Encoding.ASCII.GetBytes(Framed(segment));
    }

    internal static string Framed(string segment) => $"##{segment.Length:D4}{segment}{Check(segment):X4}\r\n";

    /// <summary>HJ 212 appendix A: the polynomial is applied to the high byte of the register with each next byte.</summary>
    private static int Check(string text)
    {
        var register = 0xFFFF;
        foreach (var letter in text)
        {
            register = (register >> 8) ^ letter;
            for (var bit = 0; bit < 8; bit++) register = (register & 1) is 1 ? (register >> 1) ^ 0xA001 : register >> 1;
        }
        return register;
    }
}
