using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Qingyuan.SampleSite.Outlets;

namespace Qingyuan.SampleSite.Loggers;

/// <summary>One TCP connection to the platform: sends with a window, resolves acknowledgements, hands requests to the responder.</summary>
internal sealed class Link(Outlet outlet, TcpClient client, Func<string, IReadOnlyList<string>> respond) : IAsyncDisposable
{
    private const int Window = 64;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();
    private readonly SemaphoreSlim _window = new(Window, Window);
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Sends one upload, sub-packet by sub-packet, and waits for each 9014; the same frame again after ten seconds, three times at most.</summary>
    /// <exception cref="IOException">The link broke, or nobody answers.</exception>
    public async Task SendAsync(Upload upload, Func<string> newRequestId, CancellationToken ct)
    {
        foreach (var (requestId, text) in Segment.Upload(outlet, upload.Command, upload.Area, newRequestId)) await SendAsync(text, requestId, ct);
    }

    private async Task SendAsync(string segment, string requestId, CancellationToken ct)
    {
        var frame = Segment.Frame(segment);
        if (outlet.Edition == 2005)
        {
            await WriteAsync(frame, ct);
            return;
        }

        await _window.WaitAsync(ct);
        var answered = _waiting[requestId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            for (var attempt = 0; attempt < 4; attempt++)
            {
                await WriteAsync(frame, ct);
                if (await Task.WhenAny(answered.Task, Task.Delay(AnswerTimeout, ct)) == answered.Task) { await answered.Task; return; }
            }
        }
        finally
        {
            _waiting.TryRemove(requestId, out _);
            _window.Release();
        }

        throw new IOException($"{outlet.Mn}: no answer to {requestId} after three resends.");
    }

    /// <summary>Reads until the other end closes.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        var reader = PipeReader.Create(client.GetStream());
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(ct);
                var rest = result.Buffer;
                while (Peer.TryReadSegment(ref rest, out var segment)) await HandleAsync(segment, ct);
                reader.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted) return;
            }
        }
        finally
        {
            foreach (var waiting in _waiting.Values) waiting.TrySetException(new IOException($"{outlet.Mn}: the link closed."));
            await reader.CompleteAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return default;
    }

    private async Task HandleAsync(string segment, CancellationToken ct)
    {
        var command = Peer.Field(segment, "CN");
        if (command == "9014")
        {
            if (_waiting.TryGetValue(Peer.Field(segment, "QN"), out var waiting)) waiting.TrySetResult();
            return;
        }

        if (command is "9013") return;
        foreach (var answer in respond(segment)) await WriteAsync(Segment.Frame(answer), ct);
    }

    private async Task WriteAsync(byte[] frame, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            await client.GetStream().WriteAsync(frame, ct);
        }
        finally
        {
            _writing.Release();
        }
    }
}

/// <summary>Reading what the platform sends.</summary>
internal static class Peer
{
    /// <summary>Takes one frame's data segment off the front; the platform's frames are well formed, so length is enough.</summary>
    public static bool TryReadSegment(ref ReadOnlySequence<byte> buffer, out string segment)
    {
        segment = "";
        if (buffer.Length < 12) return false;
        var head = Encoding.ASCII.GetString(buffer.Slice(0, 6));
        var length = int.Parse(head.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);
        if (buffer.Length < length + 12) return false;
        segment = Encoding.UTF8.GetString(buffer.Slice(6, length));
        buffer = buffer.Slice(length + 12);
        return true;
    }

    /// <summary>The value of a field, empty when absent. Fields inside CP count too.</summary>
    public static string Field(string segment, string name)
    {
        foreach (var part in segment.Split(';', ',', '&'))
            if (part.StartsWith(name + "=", StringComparison.Ordinal)) return part[(name.Length + 1)..];
        return "";
    }
}
