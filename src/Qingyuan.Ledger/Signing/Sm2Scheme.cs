using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace Qingyuan.Ledger.Signing;

/// <summary>SM2 as the log uses it: fixed identity, fast curve, plain r||s.</summary>
/// <remarks>The curve comes from <see cref="CustomNamedCurves"/>: the generic one is six times slower.</remarks>
internal static class Sm2Scheme
{
    public const int PointLength = 65;
    public const int SignatureLength = 64;
    private static readonly byte[] Identity = "1234567812345678"u8.ToArray();
    private static readonly ECDomainParameters Curve = ECDomainParameters.FromX9ECParameters(CustomNamedCurves.GetByName("sm2p256v1"));

    public static byte[] NewSecret(SecureRandom random)
    {
        // d in [1, n-2], GM/T 0003.1
        var bound = Curve.N.Subtract(BigInteger.Two);
        BigInteger d;
        do d = new BigInteger(256, random);
        while (d.SignValue <= 0 || d.CompareTo(bound) > 0);
        return Fixed(d);
    }

    public static byte[] PublicPoint(ReadOnlySpan<byte> secret) => Curve.G.Multiply(Scalar(secret)).Normalize().GetEncoded(compressed: false);

    public static byte[] Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> message, SecureRandom random)
    {
        var signer = Signer();
        signer.Init(true, new ParametersWithID(new ParametersWithRandom(new ECPrivateKeyParameters(Scalar(secret), Curve), random), Identity));
        signer.BlockUpdate(message);
        return signer.GenerateSignature();
    }

    /// <summary>False also for a point off the curve and for r or s outside [1, n-1].</summary>
    public static bool Verify(ReadOnlySpan<byte> point, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (point.Length != PointLength || point[0] != 4 || signature.Length != SignatureLength) return false;
        if (!InRange(signature[..32]) || !InRange(signature[32..])) return false;
        try
        {
            var signer = Signer();
            signer.Init(false, new ParametersWithID(new ECPublicKeyParameters(Curve.Curve.DecodePoint(point.ToArray()), Curve), Identity));
            signer.BlockUpdate(message);
            return signer.VerifySignature(signature.ToArray());
        }
        catch (ArgumentException)
        {
            return false; // not a point of the curve
        }
    }

    private static SM2Signer Signer() => new(PlainDsaEncoding.Instance, new SM3Digest());

    private static bool InRange(ReadOnlySpan<byte> number)
    {
        var value = new BigInteger(1, number.ToArray());
        return value.SignValue > 0 && value.CompareTo(Curve.N) < 0;
    }

    private static BigInteger Scalar(ReadOnlySpan<byte> secret)
    {
        var d = new BigInteger(1, secret.ToArray());
        return d.SignValue > 0 && d.CompareTo(Curve.N.Subtract(BigInteger.One)) < 0 ? d : throw new ArgumentException("Not an SM2 private key.", nameof(secret));
    }

    private static byte[] Fixed(BigInteger d)
    {
        var bytes = new byte[32];
        var magnitude = d.ToByteArrayUnsigned();
        magnitude.CopyTo(bytes, 32 - magnitude.Length);
        return bytes;
    }
}
