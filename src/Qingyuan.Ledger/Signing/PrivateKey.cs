using Org.BouncyCastle.Math.EC.Rfc8032;
using Org.BouncyCastle.Security;

namespace Qingyuan.Ledger.Signing;

/// <summary>A private key that signs. Threads may share it. Keep <see cref="Secret"/> wrapped at rest.</summary>
public sealed class PrivateKey
{
    private readonly byte[] _secret;
    private readonly SecureRandom _random;

    private PrivateKey(KeyAlgorithm algorithm, byte[] secret, SecureRandom random)
    {
        (Algorithm, _secret, _random) = (algorithm, secret, random);
        var point = algorithm is KeyAlgorithm.Ed25519 ? new byte[Ed25519.PublicKeySize] : Sm2Scheme.PublicPoint(secret);
        if (algorithm is KeyAlgorithm.Ed25519) Ed25519.GeneratePublicKey(secret, 0, point, 0);
        Public = PublicKey.TryCreate(algorithm, point, out var key) ? key! : throw new InvalidOperationException("A derived public key always fits.");
    }

    /// <summary>The scheme.</summary>
    public KeyAlgorithm Algorithm { get; }

    /// <summary>The key that verifies.</summary>
    public PublicKey Public { get; }

    /// <summary>32 bytes: the Ed25519 seed or the SM2 scalar.</summary>
    public ReadOnlyMemory<byte> Secret => _secret;

    /// <summary>A new key from the system's randomness.</summary>
    public static PrivateKey Generate(KeyAlgorithm algorithm)
    {
        var random = new SecureRandom();
        return new(algorithm, algorithm is KeyAlgorithm.Sm2 ? Sm2Scheme.NewSecret(random) : random.GenerateSeed(Ed25519.SecretKeySize), random);
    }

    /// <summary>The key of a stored secret.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes, or not a private key of the scheme.</exception>
    public static PrivateKey From(KeyAlgorithm algorithm, ReadOnlySpan<byte> secret) => From(algorithm, secret, new SecureRandom());

    /// <summary>For test vectors with a prescribed k; production has no other source than the system's randomness.</summary>
    internal static PrivateKey From(KeyAlgorithm algorithm, ReadOnlySpan<byte> secret, SecureRandom random) =>
        secret.Length == 32 ? new(algorithm, secret.ToArray(), random) : throw new ArgumentException("A private key has 32 bytes.", nameof(secret));

    /// <summary>64 bytes over <paramref name="message"/>.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        if (Algorithm is KeyAlgorithm.Sm2) return Sm2Scheme.Sign(_secret, message, _random);
        var signature = new byte[Ed25519.SignatureSize];
        var input = message.ToArray();
        Ed25519.Sign(_secret, 0, input, 0, input.Length, signature, 0);
        return signature;
    }
}
