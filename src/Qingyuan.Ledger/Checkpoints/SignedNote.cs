using System.Text;

namespace Qingyuan.Ledger.Checkpoints;

/// <summary>Outcome of looking for one key's signature on a note.</summary>
public enum NoteVerdict
{
    /// <summary>The key signed.</summary>
    Good,

    /// <summary>No line carries the key's name and id.</summary>
    Missing,

    /// <summary>A line carries them and its signature is wrong, or there are two such lines.</summary>
    Bad,
}

/// <summary>A text with signature lines (C2SP signed-note).</summary>
/// <param name="Text">What is signed; ends in a line break.</param>
/// <param name="Signatures">At least one.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const int MaxSignatures = 100;
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>The note's bytes.</summary>
    public byte[] ToBytes() => Strict.GetBytes(ToString());

    /// <summary>The note as it is published.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures) note.Append(signature).Append('\n');
        return note.ToString();
    }

    /// <summary>Reads a note; false unless it is well formed to the last byte.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SignedNote? note)
    {
        note = null;
        string whole;
        try
        {
            whole = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        var split = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 1 || !whole.EndsWith('\n') || whole.Any(c => c != '\n' && char.IsControl(c))) return false;
        var lines = whole[(split + 2)..].Split('\n');
        if (lines.Length is < 2 or > MaxSignatures + 1) return false;
        var signatures = new List<NoteSignature>();
        foreach (var line in lines[..^1])
        {
            if (!NoteSignature.TryParse(line, out var signature)) return false;
            signatures.Add(signature!);
        }

        note = new(whole[..(split + 1)], signatures);
        return true;
    }

    /// <summary>Looks for the signature of <paramref name="key"/>. A wrong one is worse than none.</summary>
    public NoteVerdict Check(NoteKey key, out DateTimeOffset? time)
    {
        ArgumentNullException.ThrowIfNull(key);
        time = null;
        var claimed = Signatures.Where(signature => signature.KeyId == key.Id && signature.Name == key.Name).ToArray();
        return claimed.Length switch
        {
            0 => NoteVerdict.Missing,
            1 => key.Verify(Text, claimed[0].Payload.Span, out time) ? NoteVerdict.Good : NoteVerdict.Bad,
            _ => NoteVerdict.Bad,
        };
    }
}
