using System.Text;
using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Signing;

namespace Qingyuan.Ledger.Storage;

/// <summary>Public keys of a log and of the sources that write to it, as a text of lines <c>log KEY</c> and <c>source KEY</c>.</summary>
public sealed record LogKeyring(IReadOnlyList<NoteKey> Logs, IReadOnlyList<PublicKey> Sources)
{
    private const string LogWord = "log ";
    private const string SourceWord = "source ";

    /// <summary>The log key under <paramref name="originLine"/>, null when there is none.</summary>
    public NoteKey? Log(string originLine) => Logs.FirstOrDefault(key => key.Name == originLine);

    /// <summary>This ring with the source keys of <paramref name="older"/> too: old entries stay verifiable after a key change.</summary>
    public LogKeyring With(LogKeyring older) => this with { Sources = [.. Sources.Union(older.Sources)] };

    /// <summary>One key a line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var key in Logs) text.Append(LogWord).Append(key).Append('\n');
        foreach (var key in Sources) text.Append(SourceWord).Append(key).Append('\n');
        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out LogKeyring? ring)
    {
        ArgumentNullException.ThrowIfNull(text);
        var logs = new List<NoteKey>();
        var sources = new List<PublicKey>();
        ring = null;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith(LogWord, StringComparison.Ordinal) && NoteKey.TryParse(line[LogWord.Length..], out var log)) logs.Add(log!);
            else if (line.StartsWith(SourceWord, StringComparison.Ordinal) && PublicKey.TryParse(line[SourceWord.Length..], out var source)) sources.Add(source!);
            else return false;
        }

        ring = new(logs, sources);
        return logs.Count > 0;
    }
}
