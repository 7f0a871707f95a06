using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;

namespace Qingyuan.Host.Relaying;

/// <summary>
/// How a connection begins that came in clear and goes on in clear, as HJ 212 does: the serving node sends a number drawn for it, the other its header and that it knows the secret.
/// A handshake of TLS costs each side a millisecond, and when thousands of loggers call again at once there are no thousands of milliseconds.
/// </summary>
internal static class PlainGreeting
{
    /// <summary>No TLS record begins with it.</summary>
    public const byte First = (byte)'p';

    private const int Challenge = 32;
    private const int Proof = HMACSHA256.HashSizeInBytes;

    public static async Task SayAsync(Stream serving, RelayHeader header, byte[] secret, CancellationToken ct)
    {
        await serving.WriteAsync(new[] { First }, ct);
        var challenge = new byte[Challenge];
        await serving.ReadExactlyAsync(challenge, ct);
        var line = header.ToBytes();
        await serving.WriteAsync((byte[])[.. line, .. Prove(challenge, line, secret)], ct);
    }

    /// <summary>Null when the other went before it had said everything.</summary>
    /// <exception cref="FormatException">It said something else, or does not know the secret.</exception>
    public static async Task<RelayHeader?> HearAsync(IDuplexPipe caller, byte[] secret, CancellationToken ct)
    {
        var challenge = RandomNumberGenerator.GetBytes(Challenge);
        await caller.Output.WriteAsync(challenge, ct);
        while (true)
        {
            var read = await caller.Input.ReadAsync(ct);
            var rest = read.Buffer.Slice(1); // the byte that brought us here
            var begin = rest.Start;
            if (RelayHeader.Read(ref rest) is { } header && rest.Length >= Proof)
            {
                var proved = CryptographicOperations.FixedTimeEquals(Prove(challenge, read.Buffer.Slice(begin, rest.Start).ToArray(), secret), rest.Slice(0, Proof).ToArray());
                caller.Input.AdvanceTo(rest.GetPosition(Proof));
                return proved ? header : throw new FormatException("a relayed connection of somebody who does not know the installation's secret");
            }

            caller.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted) return null;
        }
    }

    private static byte[] Prove(byte[] challenge, byte[] line, byte[] secret) => HMACSHA256.HashData(secret, (byte[])[.. challenge, .. line]);
}
