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
            return await WriteAsync(installation.Services.GetRequiredService<IFrameArchive>().Of(mn, from, to), output, ct);
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
        var count = 0L;
        await using var file = new FileStream(output, FileMode.CreateNew, FileAccess.Write);
        foreach (var frame in frames)
        {
            await file.WriteAsync(frame.Bytes, ct); // with the line end it came with
            count++;
        }

        return new(Path.GetFullPath(output), count);
    }

    // Files are by month of UTC, months of stations by their own clock.
    private static HashSet<string> MonthsOf(DateTimeOffset from, DateTimeOffset to) =>
        [.. new[] { from, to.AddTicks(-1) }.Select(at => Frames + at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture) + ".db")];
}
