using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Postgres;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Backup.Restoring;

/// <summary>A backup written into a folder and opened there, with its own database server when it has one. Nothing of it runs but what is asked.</summary>
internal sealed class RestoredInstallation : IAsyncDisposable
{
    private readonly RestoredServer? _server;
    private readonly IInstallation _installation;

    private RestoredInstallation(RestoredServer? server, IInstallation installation) => (_server, _installation) = (server, installation);

    public IServiceProvider Services => _installation.Services;

    /// <exception cref="VaultException">The backup is damaged.</exception>
    /// <exception cref="IOException">A disk failed, or the server's programs did.</exception>
    public static async Task WriteAsync(string vaultFolder, VaultKey key, Manifest manifest, string directory, Pace pace, CancellationToken ct)
    {
        FileRestorer.Write(vaultFolder, key, manifest, directory, pace, ct);
        if (Server(manifest) is not { } file) return;
        // As root the server runs as another account, which must get through to its own folder and sees no other.
        if (PostgresPrograms.IsRoot && !OperatingSystem.IsWindows()) File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.OtherExecute);
        await using var tar = new VaultStream(new(vaultFolder, key), file);
        await RestoredServer.UnpackAsync(tar, Path.Combine(directory, RestoredServer.Folder), ct);
    }

    /// <summary>Opens what <see cref="WriteAsync"/> wrote, on the server that came with it, else on <paramref name="database"/>.</summary>
    public static async Task<RestoredInstallation> OpenAsync(IInstallations installations, Manifest manifest, string directory, string? database, CancellationToken ct)
    {
        var server = Server(manifest) is null ? null : await RestoredServer.StartAsync(Path.Combine(directory, RestoredServer.Folder), ct);
        RestoredInstallation? opened = null;
        try
        {
            return opened = new(server, await installations.OpenAsync(directory, server?.Connection(Server(manifest)!.Server!) ?? database, ct));
        }
        finally
        {
            if (opened is null && server is not null) await server.DisposeAsync();
        }
    }

    public static BackedUpFile? Server(Manifest manifest) => manifest.Files.FirstOrDefault(file => file.Server is not null);

    public async ValueTask DisposeAsync()
    {
        await _installation.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }
}
