using System.Globalization;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Checkpoints;

/// <summary>What a log says of itself: its name, how many leaves, and their root (C2SP tlog-checkpoint, three lines).</summary>
public sealed record Checkpoint(string Origin, long Size, Digest Root)
{
    /// <summary>The three lines.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n");

    /// <summary>Reads exactly three lines; extension lines are refused, because nothing here could judge them.</summary>
    public static bool TryParse(string text, out Checkpoint? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(text);
        checkpoint = null;
        if (text.Split('\n') is not [var origin, var sizeText, var rootText, ""]) return false;
        if (!LogOrigin.IsValid(origin) || !long.TryParse(sizeText, NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return false;
        if (!Digest.TryFromBase64(rootText, out var root)) return false;
        var candidate = new Checkpoint(origin, size, root);
        if (candidate.ToText() != text) return false;
        checkpoint = candidate;
        return true;
    }

    /// <summary>The checkpoint with signatures on it.</summary>
    public SignedNote Sign(DateTimeOffset at, params IEnumerable<NoteSigner> signers)
    {
        var text = ToText();
        return new(text, [.. signers.Select(signer => signer.Sign(text, at))]);
    }
}
