using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Ingest.Contracts;

/// <summary>What became of an archive.</summary>
/// <param name="Id">The import; frames name it as their source, its ledger entries have it in their body.</param>
/// <param name="Sha256">Of the whole file, hexadecimal.</param>
/// <param name="Refused">Lines that were not stored, by reason.</param>
/// <param name="FirstRefused">The first of them, by line number.</param>
public sealed record FrameImportResult(
    Guid Id, string Sha256, long Lines, long Imported, IReadOnlyDictionary<string, long> Refused, IReadOnlyList<(long Line, string Why)> FirstRefused);

/// <summary>What would become of an archive. Lines without anything are not counted.</summary>
/// <param name="Sha256">Of the whole file, hexadecimal.</param>
/// <param name="Good">Lines that hold one frame of a station that is filed.</param>
/// <param name="Refused">Lines that would not be stored, by reason.</param>
/// <param name="FirstRefused">The first of them, by line number.</param>
/// <param name="IsDone">Whether the same file was imported before.</param>
public sealed record FrameImportPreview(string Sha256, long Lines, long Good, IReadOnlyDictionary<string, long> Refused, IReadOnlyList<(long Line, string Why)> FirstRefused, bool IsDone);

/// <summary>Takes in an archive of raw frames, one a line, with provenance <c>imported</c>: by whom and when stands in the electronic ledger before the first frame is stored.</summary>
public interface IFrameImport
{
    /// <summary>Judges each line as <see cref="ImportAsync"/> would and stores nothing.</summary>
    /// <param name="archive">Read twice, so it must be seekable.</param>
    /// <param name="mostNamed">How many refused lines are named.</param>
    /// <param name="ct">Ends between two lines.</param>
    Task<FrameImportPreview> PreviewAsync(Stream archive, int mostNamed, CancellationToken ct);

    /// <summary>Refuses with <c>import.already-done</c> when the same file was imported before.</summary>
    /// <param name="archive">Read twice, so it must be seekable.</param>
    /// <param name="name">The file's name, for people.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="ct">Ends between two lines; what was stored stays, and the ledger shows the beginning without the end.</param>
    /// <exception cref="Telemetry.Contracts.FramesNotStoredException">The world failed; importing the file again is safe.</exception>
    Task<Result<FrameImportResult>> ImportAsync(Stream archive, string name, Actor actor, CancellationToken ct);
}
