using Org.BouncyCastle.Security;

namespace Qingyuan.Ledger.Tests.Signing;

/// <summary>Gives the k of a published test vector instead of randomness. Exists in tests only.</summary>
internal sealed class FixedK(string hex) : SecureRandom
{
    private readonly byte[] _k = Convert.FromHexString(hex);

    public override void NextBytes(byte[] buf) => _k.CopyTo(buf, 0);

    public override void NextBytes(byte[] buf, int off, int len) => _k.AsSpan(0, len).CopyTo(buf.AsSpan(off));

    public override void NextBytes(Span<byte> buffer) => _k.AsSpan(0, buffer.Length).CopyTo(buffer);
}
