using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Backup.Restoring;

/// <summary>Takes one station's month out of a backup: only the frame files of that time are read, and nothing of a running installation is touched.</summary>
internal sealed class FrameExtraction(IInstallations installations, IOptions<BackupOptions> options) : IFrameExtraction
{
    private const string Frames = "telemetry/frames-";

    public async Task<Result<FrameExtract>> ExtractAsync(string path, string mn, DateTime month, string output, string? keyFile, CancellationToken ct)
    {
        var (from, to) = (StationClock.Instant(month), StationClock.Instant(month.AddMonths(1)));
        var scratch = Directory.CreateTempSubdirectory("qingyuan-extract-").FullName;
        try
        {
            var key = VaultKeys.ForReading(keyFile, Manifest.ReadHead(path).KeyId, options.Value.KeyCopies);
            var manifest = Manifest.Read(path, key);
            // Of files only those of that time; a server comes back whole or not at all.
            var part = manifest with { Files = [.. manifest.Files.Where(file => file.Server is not null || MonthsOf(from, to).Contains(file.Path))] };
            await RestoredInstallation.WriteAsync(Path.GetDirectoryName(Path.GetFullPath(path))!, key, part, scratch, Pace.Full, ct);
            await using var installation = await RestoredInstallation.OpenAsync(installations, part, scratch, null, ct);
            var extract = await WriteAsync(installation.Services.GetRequiredService<IFrameArchive>().Of(mn, from, to), output, ct);
            return extract.Frames > 0 ? extract : new Refusal("backup.no-frames", mn, month.ToString("yyyy-MM", CultureInfo.InvariantCulture), extract.Refused);
        }
        catch (VaultException error)
        {
            return new Refusal("backup.unreadable", error.Message);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<FrameExtract> WriteAsync(IEnumerable<StoredFrame> frames, string output, CancellationToken ct)
    {
        var (count, refused, partial) = (0L, 0L, output + PartialFolder.Ending);
        await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
        {
            foreach (var frame in frames)
            {
                refused += frame.Arrival.Verdict is FrameVerdict.Rejected or FrameVerdict.Quarantined ? 1 : 0;
                if (!IsAccepted(frame.Arrival.Verdict)) continue;
                await file.WriteAsync(frame.Bytes, ct); // with the line end it came with
                count++;
            }
        }

        // An empty file would stand in the way of the next try.
        if (count is 0) File.Delete(partial);
        else File.Move(partial, output);
        return new(Path.GetFullPath(output), count, refused);
    }

    // A line does not say what was decided of it: imported, a refused frame's values would count. Those of a repeated one do already.
    private static bool IsAccepted(FrameVerdict verdict) => verdict is FrameVerdict.Accepted or FrameVerdict.AcceptedWithNotes or FrameVerdict.Imported;

    // Files are by month of UTC, months of stations by their own clock.
    private static HashSet<string> MonthsOf(DateTimeOffset from, DateTimeOffset to) =>
        [.. new[] { from, to.AddTicks(-1) }.Select(at => Frames + at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture) + ".db")];
}
