using System.Globalization;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Ingest.Contracts;

/// <summary>What became of an archive.</summary>
/// <param name="Id">The import; frames name it as their source, its ledger entries have it in their body.</param>
/// <param name="Sha256">Of the whole file, hexadecimal.</param>
/// <param name="Lines">All that are not empty.</param>
/// <param name="Imported">Lines whose frames are stored now.</param>
/// <param name="Earlier">Of these, how many earlier imports of the same file had stored already (cut off, or with other lines refused); they were not stored again.</param>
/// <param name="Refused">Lines that were not stored, by reason.</param>
/// <param name="FirstRefused">The first of them, by line number.</param>
public sealed record FrameImportResult(
    Guid Id, string Sha256, long Lines, long Imported, long Earlier, IReadOnlyDictionary<string, long> Refused, IReadOnlyList<(long Line, string Why)> FirstRefused);

/// <summary>An import of the same bytes that came to its end and refused no line.</summary>
/// <param name="File">The file's name then.</param>
/// <param name="At">When it ended.</param>
/// <param name="By">Id of the actor, as the ledger has it.</param>
public sealed record EarlierImport(string File, DateTimeOffset At, string By)
{
    /// <summary><c>import.already-done</c>: the file's name now, when (station clock), by whom, and its name then.</summary>
    public Refusal Refuse(string name) => new("import.already-done", name, StationClock.Wall(At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), By, File);
}

/// <summary>What would become of an archive. Lines without anything are not counted.</summary>
/// <param name="Sha256">Of the whole file, hexadecimal.</param>
/// <param name="Good">Lines that hold one frame of a station that is filed.</param>
/// <param name="Refused">Lines that would not be stored, by reason.</param>
/// <param name="FirstRefused">The first of them, by line number.</param>
/// <param name="Earlier">The import that stored all of the same file, so that it would be refused now; null when there was none.</param>
public sealed record FrameImportPreview(
    string Sha256, long Lines, long Good, IReadOnlyDictionary<string, long> Refused, IReadOnlyList<(long Line, string Why)> FirstRefused, EarlierImport? Earlier);

/// <summary>Takes in an archive of raw frames, one a line, with provenance <c>imported</c>: by whom and when stands in the electronic ledger before the first frame is stored.</summary>
public interface IFrameImport
{
    /// <summary>Judges each line as <see cref="ImportAsync"/> would and stores nothing.</summary>
    /// <param name="archive">Read twice, so it must be seekable.</param>
    /// <param name="mostNamed">How many refused lines are named.</param>
    /// <param name="ct">Ends between two lines.</param>
    Task<FrameImportPreview> PreviewAsync(Stream archive, int mostNamed, CancellationToken ct);

    /// <summary>
    /// Refuses with <c>import.already-done</c> (see <see cref="EarlierImport"/>) when all lines of the same bytes were stored before, with <c>import.no-rows</c> (name) when there are no lines,
    /// and with <c>import.disk-full</c> (name, data directory, megabytes free, megabytes needed) when the disk takes no frames; the first two and, before it began, the third store nothing.
    /// After an import that was cut off or refused lines it judges all lines anew and stores what was not, see <see cref="FrameImportResult"/>. One at a time; others wait.
    /// </summary>
    /// <param name="archive">Read twice, so it must be seekable.</param>
    /// <param name="name">The file's name, for people.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="ct">Ends between two lines; what was stored stays, and the ledger shows the beginning without the end.</param>
    /// <exception cref="Telemetry.Contracts.FramesNotStoredException">The world failed otherwise; importing the file again is safe.</exception>
    Task<Result<FrameImportResult>> ImportAsync(Stream archive, string name, Actor actor, CancellationToken ct);
}
