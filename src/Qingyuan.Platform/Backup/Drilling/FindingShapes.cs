using System.Text.RegularExpressions;

namespace Qingyuan.Platform.Backup.Drilling;

/// <summary>
/// What a drill found, and why a backup was refused, is kept as technical lines, in the history as well as in the ledger. Here are the shapes of such a line, each with the code of the sentence
/// that says it to people; so what was found years ago is said in words too.
/// </summary>
internal static class FindingShapes
{
    // The first that fits counts: what is more special stands before what is less.
    private static readonly (string Code, Regex Shape)[] Shapes =
    [
        Shape("batch-count", "batch batch {batch}: {found} frames, {written} recorded"),
        Shape("batch-bytes", "batch batch {batch}: Batch {again} on disk is not what was stored: its SHA-256 differs."),
        Shape("batch", "batch batch {batch}: {why}"),
        Shape("chain", "chain batch {batch}: does not follow batch {before}"),
        Shape("chunk-bytes", "chunk {chunk}: Chunk {again} on disk is not what was stored: its checksum differs."),
        Shape("chunk-aside", "chunk {chunk}: set aside as damaged and not made anew yet"),
        Shape("chunk", "chunk {chunk}: {why}"),
        Shape("chunk-frame", "chunk-frame batch {batch}: values name it, the log ends with {last}"),
        Shape("cold-aside", "cold {file}: set aside as damaged and not made anew yet"),
        Shape("cold", "cold {file}: Cold file {again} is not what was written."),
        Shape("blob-missing", "blob {sha256}: missing ({purpose}, {bytes} bytes)"),
        Shape("blob-damaged", "blob {sha256}: damaged ({purpose}, {bytes} bytes)"),
        Shape("table-missing", "rows {table}: -1, backed up {written}"),
        Shape("rows", "rows {table}: {found}, backed up {written}"),
        Shape("proof", "proof {entry}: {checks}"),
        Shape("digest", "digest {hour} station {station}: the frames in the store are not those that were sealed"),
        Shape("ledger-index", "ledger index: the database knows {known} logged entries, the signed log holds {held}"),
        Shape("ledger-record-missing", "ledger record: sealed, but the database has no record of it"),
        Shape("ledger-record-other", "ledger record: the log position holds another record"),
        Shape("ledger-record-broken", "ledger record: the database row is not a record any more"),
        Shape("ledger-record-differs", "ledger record: the database row differs from the sealed record: {members}"),
        Shape("ledger-unreadable", "ledger record: sealed entry unreadable"),
        Shape("ledger-unreadable", "ledger envelope: malformed"),
        Shape("ledger-segment-torn", "ledger segment: record not whole at {offset} of segment {segment}"),
        Shape("ledger-segment-short", "ledger segment: entries missing"),
        Shape("ledger-signature", "ledger source-signature: wrong or of an unknown key"),
        Shape("ledger-canonical", "ledger canonical: {why}"),
        Shape("ledger-stream", "ledger stream: {stream} seq {seq} does not continue {last}"),
        Shape("ledger-origin", "ledger origin: {one} and {other}"),
        Shape("ledger-checkpoint-missing", "ledger checkpoint-{suite}: missing or malformed"),
        Shape("ledger-checkpoint-signature", "ledger checkpoint-{suite}: signature {verdict} for {origin}"),
        Shape("ledger-root", "ledger root-{suite}: {root} of {size} entries, signed {signed} of {written}"),
        Shape("ledger-file-missing", "ledger tile-{suite}: {file} missing or short"),
        Shape("ledger-file-missing", "ledger bundle: {file} missing or malformed"),
        Shape("ledger-file-differs", "ledger tile-{suite}: {file} differs from the entries"),
        Shape("ledger-file-differs", "ledger bundle: {file} differs from the segment"),
        Shape("file-unreadable", "file {file}: {why}"),
        Shape("no-room", "no room for {what}: {needed} MB are needed on the disk of {folder}, {spare} MB can be taken without stopping intake"),
        Shape("file-differs", "{file} is not what was backed up"),
        Shape("file-missing", "{file} is missing"),
        Shape("file-damaged", "{file} is damaged"),
    ];

    /// <summary>The code of the sentence and what stands in its places; null for a line of no known shape, such as an exception's own message.</summary>
    public static (string Code, IReadOnlyDictionary<string, string> Args)? Read(string line)
    {
        foreach (var (code, shape) in Shapes)
            if (shape.Match(line) is { Success: true } match) return (code, match.Groups.Values.Skip(1).ToDictionary(place => place.Name, place => place.Value, StringComparer.Ordinal));
        return null;
    }

    // Escaping leaves closing braces alone.
    private static (string Code, Regex Shape) Shape(string code, string line) =>
        ("finding." + code, new($"^{Regex.Escape(line).Replace(@"\{", "(?<", StringComparison.Ordinal).Replace("}", ">.+?)", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant));
}
