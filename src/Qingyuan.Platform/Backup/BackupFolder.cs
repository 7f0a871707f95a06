using Microsoft.Extensions.Options;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Backup;

/// <summary>The folder that backups belong in. One taken or tried elsewhere is written down, but nothing that falls due waits for it: it may be on its way out of the house.</summary>
internal sealed class BackupFolder(DataDirectory data, IOptions<BackupOptions> options)
{
    public string Path { get; } = System.IO.Path.GetFullPath(options.Value.To ?? System.IO.Path.Combine(data.Root, "backups"));

    /// <summary>What the paths of all that lies in it begin with.</summary>
    public string Inside => Path + System.IO.Path.DirectorySeparatorChar;
}
