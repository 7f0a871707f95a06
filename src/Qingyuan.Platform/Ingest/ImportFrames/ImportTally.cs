using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Ingest.Health;

namespace Qingyuan.Platform.Ingest.ImportFrames;

/// <summary>Counts one import while it runs.</summary>
internal sealed class ImportTally(int mostNamed = 20)
{
    private readonly SortedDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private readonly List<(long Line, string Why)> _first = [];

    public long Lines { get; private set; }

    public long Imported { get; private set; }

    /// <summary>Of <see cref="Imported"/>: stored by earlier imports of the same archive.</summary>
    public long Earlier { get; private set; }

    public void Add(IntakeReason reason)
    {
        Lines++;
        if (reason is IntakeReason.None)
        {
            Imported++;
            return;
        }

        var why = reason.Code()!;
        _refused[why] = _refused.GetValueOrDefault(why) + 1;
        if (_first.Count < mostNamed) _first.Add((Lines, why));
    }

    public void AddEarlier()
    {
        Earlier++;
        Add(IntakeReason.None);
    }

    public FrameImportPreview Preview(string sha256, EarlierImport? earlier) => new(sha256, Lines, Imported, _refused, _first, earlier);

    public FrameImportResult Result(Guid id, string sha256) => new(id, sha256, Lines, Imported, Earlier, _refused, _first);
}
