using System.Globalization;
using System.Text;
using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Verifying;

/// <summary>An inclusion proof that can be checked off line (C2SP tlog-proof): index, path, and the signed checkpoint it leads to.</summary>
public sealed record TlogProof(long Index, IReadOnlyList<Digest> Path, SignedNote Note)
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string IndexWord = "index ";
    private const int MaxPath = 63;

    /// <summary>The proof's text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n').Append(CultureInfo.InvariantCulture, $"{IndexWord}{Index}\n");
        foreach (var step in Path) text.Append(step.ToBase64()).Append('\n');
        return text.Append('\n').Append(Note).ToString();
    }

    /// <summary>Reads a proof; false unless it is well formed. Extra data are refused: nothing here would vouch for them.</summary>
    public static bool TryParse(string text, out TlogProof? proof)
    {
        ArgumentNullException.ThrowIfNull(text);
        proof = null;
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || text[..split].Split('\n') is not [Header, var indexLine, .. var lines] || lines.Length > MaxPath) return false;
        if (!indexLine.StartsWith(IndexWord, StringComparison.Ordinal)) return false;
        if (!long.TryParse(indexLine.AsSpan(IndexWord.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return false;
        var path = new List<Digest>();
        foreach (var line in lines)
        {
            if (!Digest.TryFromBase64(line, out var step)) return false;
            path.Add(step);
        }

        if (!SignedNote.TryParse(Encoding.UTF8.GetBytes(text[(split + 2)..]), out var note)) return false;
        proof = new(index, path, note!);
        return proof.ToString() == text;
    }
}
