using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Tables;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>What looking a file through came to.</summary>
internal sealed class ReviewTally
{
    /// <summary>Notes of each remark that are kept; all are counted.</summary>
    public const int MostNotes = 10_000;

    private const int MostPreview = 20;
    private readonly int[] _counts = new int[Enum.GetValues<RowRemark>().Length];

    private int _wrongNotes;

    public ReviewTally()
    {
    }

    /// <summary>Of an archive of frames.</summary>
    public ReviewTally(FrameImportPreview frames)
    {
        (Rows, Good, _counts[(int)RowRemark.Wrong]) = ((int)frames.Lines, (int)frames.Good, (int)(frames.Lines - frames.Good));
        Notes.AddRange(frames.FirstRefused.Select(each => new RowNote((int)each.Line, null, RowRemark.Wrong, "frame." + each.Why, [])));
    }

    public int Rows { get; set; }

    public int Good { get; private set; }

    public List<RowNote> Notes { get; } = [];

    public List<RowPreview> Preview { get; } = [];

    public SortedSet<int> Stations { get; } = [];

    public IReadOnlyList<string> Ignored { get; set; } = [];

    public int Count(RowRemark remark) => _counts[(int)remark];

    /// <summary>One wrong row, however much is wrong with it.</summary>
    public void Wrong(IReadOnlyList<RowNote> notes)
    {
        _counts[(int)RowRemark.Wrong]++;
        if (_wrongNotes >= MostNotes) return;
        _wrongNotes += notes.Count;
        Notes.AddRange(notes);
    }

    public void Right(ImportedRow row, RowNote? note, StationInfo? station)
    {
        if (note is not null && _counts[(int)note.Remark]++ < MostNotes) Notes.Add(note);
        if (note?.Remark is not RowRemark.Repeated) Good++;
        Stations.Add(row.StationNo);
        if (Preview.Count < MostPreview) Preview.Add(new(row.Row, station?.Mn ?? "", station?.Name ?? "", row.Factor, row.At, row.Value, row.Unit, row.PeriodOrNone?.ToString(), note?.Remark));
    }
}

/// <summary>Looks a table through, row by row, in batches; holds no more of it than that. Only one file at a time, so that its memory is bounded.</summary>
internal sealed class FileReview(IDatabase database, IStationDirectory stations, TimeProvider clock)
{
    private const int Batch = 500;

    /// <param name="kind">What its rows are.</param>
    /// <param name="name">File name.</param>
    /// <param name="content">The file; seekable.</param>
    /// <param name="take">Gets the rows that are new or contradict, batch by batch; null only looks.</param>
    /// <param name="ct">Ends between two batches.</param>
    public async Task<Result<ReviewTally>> RunAsync(ImportKind kind, string name, Stream content, Func<IReadOnlyList<ImportedRow>, Task>? take, CancellationToken ct)
    {
        var (tally, seen, batch, search) = (new ReviewTally(), new SeenValues(database, kind), new List<ImportedRow>(Batch), new HeadingSearch(ImportColumns.Of(kind)));
        RowReader? reader = null;
        try
        {
            foreach (var row in TableFile.Read(content, name, new()))
            {
                if (row.IsEmpty) continue;
                if (reader is null)
                {
                    if (search.Look(row) is not { } found) continue;
                    if (!found.TryGet(out var heading, out var refusal)) return refusal;
                    tally.Ignored = heading.Ignored;
                    reader = new(kind, heading, new(stations), TimeText.Now(clock));
                    continue;
                }

                tally.Rows++;
                var faults = new RowFaults(row.Number);
                if (reader.Read(row, faults) is not { } good) tally.Wrong(faults.All);
                else batch.Add(good);
                if (batch.Count is Batch) await TakeAsync(batch, seen, tally, take, ct);
            }
        }
        catch (TableException error)
        {
            return error.Refusal;
        }

        if (batch.Count > 0) await TakeAsync(batch, seen, tally, take, ct);
        return tally.Rows > 0 ? tally : new Refusal("import.no-rows", name);
    }

    private async Task TakeAsync(List<ImportedRow> batch, SeenValues seen, ReviewTally tally, Func<IReadOnlyList<ImportedRow>, Task>? take, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var notes = await seen.JudgeAsync(batch, ct);
        for (var at = 0; at < batch.Count; at++) tally.Right(batch[at], notes[at], stations.Get(batch[at].StationNo));
        if (take is not null) await take([.. batch.Where((_, at) => notes[at]?.Remark is not RowRemark.Repeated)]);
        batch.Clear();
    }
}
