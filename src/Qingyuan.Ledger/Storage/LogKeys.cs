using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Signing;

namespace Qingyuan.Ledger.Storage;

/// <summary>The private keys of a log's owner. Log keys and source keys are different keys, always.</summary>
/// <param name="Origin">Name of the log.</param>
/// <param name="Ed25519">Signs checkpoints of the <c>std</c> suite.</param>
/// <param name="Sm2">Signs checkpoints of the <c>sm</c> suite.</param>
/// <param name="Sources">Sign the entries this process writes.</param>
public sealed record LogKeys(string Origin, PrivateKey Ed25519, PrivateKey Sm2, IReadOnlyList<PrivateKey> Sources)
{
    /// <summary>The signer of <paramref name="suite"/>'s checkpoints.</summary>
    public NoteSigner Signer(HashSuite suite) => ReferenceEquals(suite, HashSuite.Sm3)
        ? new(LogOrigin.Of(Origin, suite), NoteKind.Sm2Log, Sm2)
        : new(LogOrigin.Of(Origin, suite), NoteKind.Ed25519Log, Ed25519);

    /// <summary>The public half.</summary>
    public LogKeyring Public => new([Signer(HashSuite.Sha256).Key, Signer(HashSuite.Sm3).Key], [.. Sources.Select(source => source.Public)]);
}
