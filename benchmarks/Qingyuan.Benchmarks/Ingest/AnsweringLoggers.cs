using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Benchmarks.Ingest;

/// <summary>Many loggers in a process of their own (sockets of both ends would not fit one): each says who it is, then answers every clock request with 9011, its clock and 9012 in one piece.</summary>
internal static class AnsweringLoggers
{
    public const string Word = "answering-loggers";

    public static async Task<int> RunAsync(IPEndPoint platform, int count)
    {
        var sockets = new Socket[count];
        for (var at = 0; at < count; at++)
        {
            sockets[at] = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await sockets[at].ConnectAsync(platform);
            await sockets[at].SendAsync(BenchLogger.Frame(at));
        }

        var loops = sockets.Select((socket, at) => LoopAsync(socket, BenchLogger.Mn(at))).ToArray();
        Terminal.WriteLine("connected");
        await Task.WhenAll(loops);
        return 0;
    }

    private static async Task LoopAsync(Socket socket, string mn)
    {
        var (buffer, held) = (new byte[1024], 0);
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(held)) is > 0 and var read)
            {
                held += read;
                var answers = Answers(buffer.AsSpan(0, held), mn, out var taken);
                buffer.AsSpan(taken, held - taken).CopyTo(buffer);
                held -= taken;
                if (!answers.IsEmpty) await socket.SendAsync(answers);
            }
        }
        catch (SocketException)
        {
            // measured: the platform is gone
        }
    }

    private static ReadOnlyMemory<byte> Answers(ReadOnlySpan<byte> bytes, string mn, out int taken)
    {
        taken = 0;
        var output = new ArrayBufferWriter<byte>(512);
        while (bytes[taken..].IndexOf("\r\n"u8) is >= 0 and var end)
        {
            var frame = bytes.Slice(taken, end + 2);
            taken += end + 2;
            if (!SegmentHeader.TryParse(frame[6..^6], out var header, out _) || header.Command is not 1011) continue;
            var qn = Encoding.ASCII.GetString(header.Qn);
            foreach (var segment in new[]
            {
                $"QN={qn};ST=91;CN=9011;PW=123456;MN={mn};Flag=4;CP=&&QnRtn=1&&", $"QN={qn};ST=32;CN=1011;PW=123456;MN={mn};Flag=4;CP=&&SystemTime=20260101000000&&",
                $"QN={qn};ST=91;CN=9012;PW=123456;MN={mn};Flag=4;CP=&&ExeRtn=1&&",
            }) FrameWriter.Write(output, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{segment}")));
        }

        return output.WrittenMemory;
    }
}
