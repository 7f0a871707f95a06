using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Ingest.Health;

namespace Qingyuan.Platform.Ingest.Listening;

/// <summary>All listeners, and the gate of each: what its rules forbid is closed before TLS or a byte is spent on it.</summary>
internal sealed class LineGate(IngestCounters counters, TimeProvider time, ILogger<LineGate> log)
{
    private readonly List<Line> _lines = [];

    /// <summary>Open listeners in the order of the settings.</summary>
    public IReadOnlyList<Line> Lines => _lines;

    public void Guard(ListenOptions listen, LineRules rules)
    {
        var line = new Line(listen, rules, rules.Limits is { } limits ? new(limits, time) : null);
        _lines.Add(line);
        listen.Use(next => connection => EnterAsync(line, connection, next));
    }

    private async Task EnterAsync(Line line, ConnectionContext connection, ConnectionDelegate next)
    {
        var remote = RemoteAddress.Of(connection);
        var refusal = line.Rules.Allows(remote) ? line.Limiter?.Enter(remote) ?? IntakeReason.None : IntakeReason.AddressNotAllowed;
        if (refusal is not IntakeReason.None)
        {
            counters.Count(refusal);
            log.ConnectionRefused(remote, refusal);
            connection.Abort(new ConnectionAbortedException(refusal.Code()!));
            return;
        }

        try
        {
            line.Entered();
            await next(connection);
        }
        finally
        {
            line.Left();
            line.Limiter?.Leave(remote);
        }
    }

    internal sealed class Line(ListenOptions listen, LineRules rules, AcceptLimiter? limiter)
    {
        private int _connections;

        public IPEndPoint? EndPoint => listen.IPEndPoint;

        public LineRules Rules => rules;

        public AcceptLimiter? Limiter => limiter;

        public int Connections => Volatile.Read(ref _connections);

        public void Entered() => Interlocked.Increment(ref _connections);

        public void Left() => Interlocked.Decrement(ref _connections);
    }
}
