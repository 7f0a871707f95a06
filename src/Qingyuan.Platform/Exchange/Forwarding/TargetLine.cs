using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Messages;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>One connection to a target, as a client. Bytes out, messages in.</summary>
internal sealed class TargetLine : IAsyncDisposable
{
    private readonly TcpClient _client;
    private readonly Stream _stream;
    private readonly PipeReader _input;

    private TargetLine(TcpClient client, Stream stream) => (_client, _stream, _input) = (client, stream, PipeReader.Create(stream));

    /// <exception cref="IOException">The world: no such host, nobody listens, the certificate is not the agreed one.</exception>
    public static async Task<TargetLine> OpenAsync(TargetSetup target, CancellationToken ct)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(target.Host, target.Port, ct);
            return new(client, target.Tls ? await SecureAsync(client.GetStream(), target, ct) : client.GetStream());
        }
        catch (Exception error)
        {
            client.Dispose();
            if (error is SocketException or System.Security.Authentication.AuthenticationException) throw new IOException(error.Message, error);
            throw;
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken ct) => await _stream.WriteAsync(frame, ct);

    /// <summary>The next message that can be read; null when the other side has closed. Bytes that are no message are skipped.</summary>
    public async Task<Message?> HearAsync(CancellationToken ct)
    {
        while (true)
        {
            var result = await _input.ReadAsync(ct);
            var buffer = result.Buffer;
            var heard = Next(ref buffer, result.IsCompleted);
            _input.AdvanceTo(buffer.Start, heard is null ? buffer.End : buffer.Start);
            if (heard is not null) return heard;
            if (result.IsCompleted) return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _input.CompleteAsync();
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private static Message? Next(ref ReadOnlySequence<byte> buffer, bool ended)
    {
        while (FrameCutter.TryCut(ref buffer, out var cut, ended ? LineState.Ended : LineState.Flowing) is var status and not FrameStatus.Incomplete)
            if (status is FrameStatus.Complete && Read(cut.Segment.ToArray()) is { } message) return message;
        return null;
    }

    // Some hosts refuse an upload with 9011, which is a logger's word.
    private static Message? Read(byte[] segment) => MessageReader.Read(segment, Sender.Host).Message ?? MessageReader.Read(segment, Sender.Field).Message;

    private static async Task<Stream> SecureAsync(NetworkStream plain, TargetSetup target, CancellationToken ct)
    {
        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = target.Host,
            RemoteCertificateValidationCallback = PinnedCertificate.Accepts(target.CertificateSha256),
        }, ct);
        return secure;
    }
}
