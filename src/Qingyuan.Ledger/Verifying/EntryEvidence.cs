using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Storage;

namespace Qingyuan.Ledger.Verifying;

/// <summary>All that is needed to check one entry: its bytes, a proof for each suite, the keys and the policy.</summary>
public sealed record EntryEvidence(ReadOnlyMemory<byte> Envelope, TlogProof Std, TlogProof Sm, LogKeyring Keys, WitnessPolicy Policy)
{
    /// <summary>Runs every check; none is left out because another failed.</summary>
    public IReadOnlyList<Check> Verify()
    {
        var readable = Canonical.Envelope.TryRead(Envelope, out var envelope);
        var fault = readable ? LogEntry.TryRead(envelope!.Entry.Span, out _) : EntryFault.NotCanonical;
        return
        [
            new(CheckNames.Bytes, readable && Std.Index == Sm.Index, $"{Envelope.Length} bytes, index {Std.Index}"),
            new(CheckNames.Canonical, fault is EntryFault.None, fault is EntryFault.None ? null : fault.ToString()),
            new(CheckNames.SourceSignature, readable && envelope!.IsSignedBy(Keys.Sources), readable ? string.Join(", ", envelope!.Signatures.Select(line => line.KeyId)) : null),
            Path(CheckNames.PathSha256, HashSuite.Sha256, Std),
            Path(CheckNames.PathSm3, HashSuite.Sm3, Sm),
            Signature(CheckNames.SignatureEd25519, NoteKind.Ed25519Log, Std),
            Signature(CheckNames.SignatureSm2, NoteKind.Sm2Log, Sm),
            Judge(),
        ];
    }

    private Check Path(string name, HashSuite suite, TlogProof proof)
    {
        if (!Checkpoint.TryParse(proof.Note.Text, out var checkpoint)) return new(name, false, "checkpoint malformed");
        var leads = ProofCheck.Inclusion(suite, suite.Leaf(Envelope.Span), proof.Index, checkpoint!.Size, proof.Path, checkpoint.Root);
        return new(name, leads, $"size {checkpoint.Size}, root {checkpoint.Root}");
    }

    private Check Signature(string name, NoteKind kind, TlogProof proof)
    {
        if (!Checkpoint.TryParse(proof.Note.Text, out var checkpoint)) return new(name, false, "checkpoint malformed");
        var key = Keys.Log(checkpoint!.Origin);
        var verdict = key?.Kind == kind ? proof.Note.Check(key, out _) : NoteVerdict.Missing;
        return new(name, verdict is NoteVerdict.Good, $"{checkpoint.Origin}: {verdict}");
    }

    private Check Judge()
    {
        if (!Checkpoint.TryParse(Std.Note.Text, out var std) || !Checkpoint.TryParse(Sm.Note.Text, out var sm)) return new(CheckNames.Policy, false, "checkpoint malformed");
        if (sm!.Origin != LogOrigin.Of(std!.Origin, HashSuite.Sm3)) return new(CheckNames.Policy, false, "the two checkpoints are of different logs");
        var known = new[] { Std, Sm }.All(proof => Policy.Logs.Any(log => proof.Note.Check(log, out _) is NoteVerdict.Good));
        if (!known) return new(CheckNames.Policy, false, "the policy names other logs");
        return new(CheckNames.Policy, Policy.HasQuorum(Std.Note), Policy.IsSingleParty ? "single party" : $"{Policy.Witnesses.Count} witnesses named");
    }
}
