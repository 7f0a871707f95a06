using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>Folders of the server that files are written into.</summary>
internal sealed class HandOverFolder(DataDirectory data)
{
    private const string Unfinished = ".part";

    /// <summary>Why files cannot go there: a code; null when they can.</summary>
    public string? Fault(string? path)
    {
        if (string.IsNullOrWhiteSpace(path) || !Path.IsPathFullyQualified(path)) return "delivery.folder-invalid";
        if (!Directory.Exists(path)) return "delivery.folder-missing";
        if (IsInside(Real(path), Real(data.Root))) return "delivery.folder-inside-invalid";
        return IsWritable(path) ? null : "delivery.folder-locked-invalid";
    }

    /// <summary>Aside first, then under its name: whoever takes files from there never takes half a one.</summary>
    public async Task WriteAsync(string folder, string fileName, Stream content, CancellationToken ct)
    {
        if (Fault(folder) is { } fault) throw new DeliveryException(fault);
        var path = Path.Combine(folder, fileName);
        await using (var file = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await content.CopyToAsync(file, ct);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + Unfinished, path, overwrite: true);
    }

    private static bool IsWritable(string path)
    {
        var probe = Path.Combine(path, $".qingyuan-{Guid.CreateVersion7():N}{Unfinished}");
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsInside(string path, string root) => path == root || path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>With every link on the way followed: a link into the data directory is inside it.</summary>
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!; // a full path has one
        foreach (var part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            real = new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next;
        }

        return real;
    }
}
