using System.IO.Compression;
using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Signing;
using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Tests.Storage;
using Qingyuan.Ledger.Verifying;

namespace Qingyuan.Ledger.Tests.Verifying;

[Requirement("R-5.4.1-1b")]
public class ProofBundleTests
{
    private static readonly LogReader Log = Sealed();

    [Fact]
    public void A_whole_bundle_passes_every_check_and_says_single_party()
    {
        var report = ProofBundle.Verify(ProofBundle.Create(Log, 3)!, Log.Keys())!;
        Assert.True(report.Ok);
        Assert.True(report.IsSingleParty);
        Assert.Equal(
            ["bytes", "canonical", "source-signature", "path-sha256", "path-sm3", "signature-ed25519", "signature-sm2", "policy", "trusted-keys"],
            report.Checks.Select(check => check.Name));
    }

    [Theory]
    [InlineData(ProofBundle.EnvelopeName, 300, "source-signature", "path-sha256", "path-sm3")]
    [InlineData(ProofBundle.StdProofName, 60, "path-sha256")]
    [InlineData(ProofBundle.SmProofName, 60, "path-sm3")]
    public void A_changed_member_fails_the_check_that_covers_it(string member, int at, params string[] expected)
    {
        var report = ProofBundle.Verify(Altered(member, bytes =>
        {
            // Another base64 digit or letter: the file still parses, only its meaning changed.
            bytes[at] = bytes[at] == (byte)'7' ? (byte)'6' : (byte)'7';
            return bytes;
        }))!;
        Assert.False(report.Ok);
        Assert.Subset(report.Checks.Where(check => !check.Ok).Select(check => check.Name).ToHashSet(), expected.ToHashSet());
    }

    [Fact]
    public void A_checkpoint_signed_by_somebody_else_fails_signature_and_policy()
    {
        var std = Log.Proof(HashSuite.Sha256, 3)!;
        var thief = new NoteSigner(TestLog.Origin, NoteKind.Ed25519Log, PrivateKey.Generate(KeyAlgorithm.Ed25519));
        var forged = std with { Note = new SignedNote(std.Note.Text, [thief.Sign(std.Note.Text, DateTimeOffset.UnixEpoch)]) };
        var bundle = ProofBundle.Create(Log.Envelope(3, 10)!.Value, forged, Log.Proof(HashSuite.Sm3, 3)!, Log.Keys()!, WitnessPolicy.SingleParty(Log.Keys()!.Logs));
        Assert.Equal(["signature-ed25519", "policy"], Failed(bundle));
    }

    [Fact]
    public void Keys_the_verifier_was_not_told_to_trust_fail()
    {
        var others = TestLog.Keys with { Sources = [PrivateKey.Generate(KeyAlgorithm.Sm2)] };
        Assert.Equal(["trusted-keys"], ProofBundle.Verify(ProofBundle.Create(Log, 0)!, others.Public)!.Checks.Where(check => !check.Ok).Select(check => check.Name));
    }

    [Fact]
    public void Every_missing_member_fails_closed()
    {
        foreach (var member in new[] { ProofBundle.EnvelopeName, ProofBundle.StdProofName, ProofBundle.SmProofName, ProofBundle.KeysName, ProofBundle.PolicyName })
            Assert.Equal(["bytes"], Failed(Altered(member, _ => null)));
    }

    [Fact]
    public void Garbage_is_unreadable()
    {
        Assert.Null(ProofBundle.Verify([]));
        Assert.Null(ProofBundle.Verify("PK not a zip"u8.ToArray()));
        var whole = ProofBundle.Create(Log, 0)!;
        Assert.Null(ProofBundle.Verify(whole[..(whole.Length / 2)]));
    }

    [Fact]
    public void A_quorum_counts_valid_cosignatures_only()
    {
        NoteSigner[] witnesses = [.. Enumerable.Range(0, 3).Select(i => new NoteSigner($"w{i}.example", i == 2 ? NoteKind.Sm2Cosignature : NoteKind.Ed25519Cosignature, PrivateKey.Generate(i == 2 ? KeyAlgorithm.Sm2 : KeyAlgorithm.Ed25519)))];
        var text = string.Concat(witnesses.Select((witness, i) => $"witness w{i} {witness.Key}\n")) + "group two 2 w0 w1 w2\nquorum two\n";
        Assert.True(WitnessPolicy.TryParse(text, out var policy));
        var note = Log.Proof(HashSuite.Sha256, 3)!.Note;
        Assert.False(policy!.HasQuorum(Cosigned(0)));
        Assert.True(policy.HasQuorum(Cosigned(0, 2)));
        Assert.False(policy.HasQuorum(Cosigned(1, 1)));

        SignedNote Cosigned(params int[] who) => note with { Signatures = [.. note.Signatures, .. who.Select(i => witnesses[i].Sign(note.Text, DateTimeOffset.UnixEpoch))] };
    }

    [Theory]
    [InlineData("")]
    [InlineData("quorum absent\n")]
    [InlineData("quorum none\nquorum none\n")]
    [InlineData("group g 1 absent\nquorum none\n")]
    [InlineData("log nonsense\nquorum none\n")]
    [InlineData("something else\nquorum none\n")]
    public void A_policy_that_is_not_understood_is_refused(string text) => Assert.False(WitnessPolicy.TryParse(text, out _));

    private static string[] Failed(byte[] bundle) => [.. ProofBundle.Verify(bundle)!.Checks.Where(check => !check.Ok).Select(check => check.Name)];

    private static byte[] Altered(string member, Func<byte[], byte[]?> alter)
    {
        using var result = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(ProofBundle.Create(Log, 3)!)))
        using (var to = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries)
            {
                using var content = new MemoryStream();
                using (var stream = entry.Open()) stream.CopyTo(content);
                var bytes = entry.FullName == member ? alter(content.ToArray()) : content.ToArray();
                if (bytes is null) continue;
                using var file = to.CreateEntry(entry.FullName).Open();
                file.Write(bytes);
            }
        }

        return result.ToArray();
    }

    private static LogReader Sealed()
    {
        var disk = new MemoryDisk();
        using var log = TestLog.Open(disk);
        log.Append(TestLog.Drafts(0, 10));
        log.Seal();
        return new(disk);
    }
}
