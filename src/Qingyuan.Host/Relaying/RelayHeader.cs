using System.Buffers;
using System.Net;
using System.Text;

namespace Qingyuan.Host.Relaying;

/// <summary>The line with which a node begins each connection it brings to the serving one.</summary>
/// <param name="Node">Name of the node that brings it; without line feeds.</param>
/// <param name="Line">Where it came in: <c>http</c>, <c>https</c>, <c>hj212</c>, <c>hj212.N</c> or <c>mqtt</c>.</param>
/// <param name="Caller">Who called there.</param>
internal sealed record RelayHeader(string Node, string Line, IPEndPoint Caller)
{
    public const int Longest = 400;

    // A later release may add fields at the end; one that changes these is another version, and both must be understood while nodes are renewed one by one.
    private const string Version = "qingyuan-relay/1";

    public byte[] ToBytes() => Encoding.UTF8.GetBytes($"{Version}\t{Line}\t{Caller}\t{Node}\n");

    /// <summary>Null until the whole line is there; <paramref name="buffer"/> then begins behind it.</summary>
    /// <exception cref="FormatException">It is not such a line.</exception>
    public static RelayHeader? Read(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end) return buffer.Length <= Longest ? null : throw new FormatException("no header in the first bytes of a relayed connection");
        var text = Encoding.UTF8.GetString(buffer.Slice(0, end));
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return text.Split('\t') is [Version, var line, var caller, var node, ..] && IPEndPoint.TryParse(caller, out var address)
            ? new(node, line, address)
            : throw new FormatException($"header of a relayed connection: {text}");
    }
}
