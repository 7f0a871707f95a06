using System.IO.Compression;
using System.Text;
using Qingyuan.Ledger.Storage;

namespace Qingyuan.Ledger.Verifying;

/// <summary>One entry's evidence as a zip that anybody can check off line.</summary>
public static class ProofBundle
{
    /// <summary>The envelope, byte for byte.</summary>
    public const string EnvelopeName = "entry.envelope";

    /// <summary>Proof of the <c>std</c> suite.</summary>
    public const string StdProofName = "proof.tlog-proof";

    /// <summary>Proof of the <c>sm</c> suite.</summary>
    public const string SmProofName = "proof.sm.tlog-proof";

    /// <summary>Log and source keys.</summary>
    public const string KeysName = "keys.txt";

    /// <summary>Whose signatures are asked for.</summary>
    public const string PolicyName = "policy.txt";

    /// <summary>What this is and how to check it.</summary>
    public const string ReadmeName = "README.txt";

    private const int MaxMember = 4 << 20;

    /// <summary>Packs the evidence of the entry at <paramref name="index"/>; null when it is not under a checkpoint of both suites.</summary>
    public static byte[]? Create(LogReader log, long index)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (log.Keys() is not { } keys || log.Proof(Merkle.HashSuite.Sha256, index) is not { } std || log.Proof(Merkle.HashSuite.Sm3, index) is not { } sm) return null;
        if (!Checkpoints.Checkpoint.TryParse(std.Note.Text, out var checkpoint) || log.Envelope(index, checkpoint!.Size) is not { } envelope) return null;
        return Create(envelope, std, sm, keys, WitnessPolicy.SingleParty(keys.Logs));
    }

    /// <summary>Packs given parts.</summary>
    public static byte[] Create(ReadOnlyMemory<byte> envelope, TlogProof std, TlogProof sm, LogKeyring keys, string policy)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, ReadmeName, Encoding.UTF8.GetBytes(BundleReadme.Text));
            Add(zip, EnvelopeName, envelope.Span);
            Add(zip, StdProofName, Encoding.UTF8.GetBytes(std.ToString()));
            Add(zip, SmProofName, Encoding.UTF8.GetBytes(sm.ToString()));
            Add(zip, KeysName, Encoding.UTF8.GetBytes(keys.ToString()));
            Add(zip, PolicyName, Encoding.UTF8.GetBytes(policy));
        }

        return bytes.ToArray();
    }

    /// <summary>Checks a bundle.</summary>
    /// <param name="bundle">The zip.</param>
    /// <param name="trusted">Keys the verifier got another way; null relies on those inside, which proves only that the bundle agrees with itself and them.</param>
    /// <returns>Null when the bytes are no zip at all.</returns>
    public static BundleReport? Verify(byte[] bundle, LogKeyring? trusted = null)
    {
        if (Unpack(bundle) is not { } members) return null;
        if (Evidence(members) is not { } evidence) return new([new(CheckNames.Bytes, false, "a member is missing or malformed")], true, [], null);
        List<Check> checks = [.. evidence.Verify()];
        if (trusted is not null) checks.Add(new(CheckNames.TrustedKeys, IsSubset(evidence.Keys, trusted)));
        string[] keys = [.. evidence.Keys.Logs.Select(key => key.ToString()), .. evidence.Keys.Sources.Select(key => key.ToString())];
        var entry = Canonical.Envelope.TryRead(evidence.Envelope, out var envelope) ? Encoding.UTF8.GetString(envelope!.Entry.Span) : null;
        return new(checks, evidence.Policy.IsSingleParty, keys, entry);
    }

    private static bool IsSubset(LogKeyring keys, LogKeyring trusted) =>
        keys.Logs.All(key => trusted.Logs.Any(known => known.ToString() == key.ToString())) && keys.Sources.All(trusted.Sources.Contains);

    private static EntryEvidence? Evidence(Dictionary<string, byte[]> members)
    {
        if (!members.TryGetValue(EnvelopeName, out var envelope)) return null;
        if (Text(StdProofName) is not { } stdText || !TlogProof.TryParse(stdText, out var std)) return null;
        if (Text(SmProofName) is not { } smText || !TlogProof.TryParse(smText, out var sm)) return null;
        if (Text(KeysName) is not { } keysText || !LogKeyring.TryParse(keysText, out var keys)) return null;
        if (Text(PolicyName) is not { } policyText || !WitnessPolicy.TryParse(policyText, out var policy)) return null;
        return new(envelope, std!, sm!, keys!, policy!);

        string? Text(string name) => members.TryGetValue(name, out var bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }

    private static Dictionary<string, byte[]>? Unpack(byte[] bundle)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bundle), ZipArchiveMode.Read);
            var members = new Dictionary<string, byte[]>();
            foreach (var entry in zip.Entries)
            {
                if (entry.Length > MaxMember || !members.TryAdd(entry.FullName, [])) return null;
                using var content = entry.Open();
                var bytes = new byte[entry.Length];
                content.ReadExactly(bytes);
                if (content.ReadByte() >= 0) return null;
                members[entry.FullName] = bytes;
            }

            return members;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or IOException)
        {
            return null;
        }
    }

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> content)
    {
        using var file = zip.CreateEntry(name).Open();
        file.Write(content);
    }
}
