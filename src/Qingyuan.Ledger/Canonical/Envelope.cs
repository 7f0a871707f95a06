using System.Text;
using Qingyuan.Ledger.Signing;

namespace Qingyuan.Ledger.Canonical;

/// <summary>A source's signature of an entry.</summary>
/// <param name="KeyId">As <see cref="PublicKey.Id"/>.</param>
/// <param name="Scheme">As <see cref="PublicKey.Scheme"/>.</param>
/// <param name="Signature">64 bytes.</param>
public sealed record SourceSignature(string KeyId, string Scheme, ReadOnlyMemory<byte> Signature);

/// <summary>A leaf of the log: entry bytes, a line break, then one line for each source signature. The leaf hash covers all of it.</summary>
/// <param name="Bytes">The whole envelope, as stored, hashed and served.</param>
/// <param name="Entry">The entry's canonical bytes.</param>
/// <param name="Signatures">At least one.</param>
public sealed record Envelope(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Entry, IReadOnlyList<SourceSignature> Signatures)
{
    private const byte LineBreak = 0x0A;
    private const int MaxSignatures = 16;

    /// <summary>Signs <paramref name="entry"/> with every key and puts it in its envelope.</summary>
    /// <exception cref="CanonicalException">The envelope would be longer than <see cref="CanonicalJson.MaxBytes"/>.</exception>
    public static Envelope Seal(ReadOnlyMemory<byte> entry, IEnumerable<PrivateKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var message = SignedBytes(entry.Span);
        SourceSignature[] signatures = [.. keys.Select(key => new SourceSignature(key.Public.Id, key.Public.Scheme, key.Sign(message)))];
        if (signatures.Length == 0) throw new ArgumentException("An entry has at least one source signature.", nameof(keys));
        var lines = string.Concat(signatures.Select(signature => $"{signature.KeyId} {signature.Scheme} {Convert.ToBase64String(signature.Signature.Span)}\n"));
        byte[] bytes = [.. entry.Span, LineBreak, .. Encoding.ASCII.GetBytes(lines)];
        if (bytes.Length > CanonicalJson.MaxBytes) throw new CanonicalException(CanonicalFault.TooLong, "");
        return new(bytes, bytes.AsMemory(0, entry.Length), signatures);
    }

    /// <summary>Takes an envelope apart; false unless it is well formed to the last byte. Judges neither entry nor signatures.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out Envelope? envelope)
    {
        envelope = null;
        var split = bytes.Span.IndexOf(LineBreak); // canonical JSON holds no line break
        if (split < 1 || bytes.Length > CanonicalJson.MaxBytes || bytes.Span[^1] != LineBreak) return false;
        var lines = Encoding.ASCII.GetString(bytes.Span[(split + 1)..]).Split('\n')[..^1];
        if (lines.Length is 0 or > MaxSignatures) return false;
        var signatures = new List<SourceSignature>();
        foreach (var line in lines)
        {
            if (!TryLine(line, out var signature)) return false;
            signatures.Add(signature!);
        }

        envelope = new(bytes, bytes[..split], signatures);
        return true;
    }

    /// <summary>Whether every signature line is of a known key and right. Fails closed: an unknown key is a failure.</summary>
    public bool IsSignedBy(IReadOnlyCollection<PublicKey> keys)
    {
        var message = SignedBytes(Entry.Span);
        return Signatures.Count > 0 && Signatures.All(signature =>
            keys.FirstOrDefault(key => key.Id == signature.KeyId && key.Scheme == signature.Scheme) is { } key && key.Verify(message, signature.Signature.Span));
    }

    private static byte[] SignedBytes(ReadOnlySpan<byte> entry) => [.. "om-entry/v1\n"u8, .. entry];

    private static bool TryLine(string line, out SourceSignature? signature)
    {
        signature = null;
        if (line.Split(' ') is not [{ Length: > 0 } id, { Length: > 0 } scheme, { Length: 88 } text]) return false;
        var bytes = new byte[66];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length != 64 || Convert.ToBase64String(bytes, 0, 64) != text) return false;
        signature = new(id, scheme, bytes.AsMemory(0, length));
        return true;
    }
}
