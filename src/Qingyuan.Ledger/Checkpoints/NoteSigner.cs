using System.Buffers.Binary;
using Qingyuan.Ledger.Signing;

namespace Qingyuan.Ledger.Checkpoints;

/// <summary>Signs notes under one name. Threads may share it.</summary>
public sealed class NoteSigner(string name, NoteKind kind, PrivateKey secret)
{
    private readonly PrivateKey _secret = secret ?? throw new ArgumentNullException(nameof(secret));

    /// <summary>The key that verifies.</summary>
    public NoteKey Key { get; } = new(name, kind, secret.Public);

    /// <summary>Signs <paramref name="text"/>; <paramref name="at"/> counts for cosignatures only, in whole seconds.</summary>
    public NoteSignature Sign(string text, DateTimeOffset at)
    {
        var seconds = (ulong)Math.Max(0, at.ToUnixTimeSeconds());
        var signature = _secret.Sign(Key.SignedBytes(text, seconds));
        if (!Key.IsCosignature) return new(Key.Name, Key.Id, signature);
        var payload = new byte[8 + signature.Length];
        BinaryPrimitives.WriteUInt64BigEndian(payload, seconds);
        signature.CopyTo(payload, 8);
        return new(Key.Name, Key.Id, payload);
    }
}
