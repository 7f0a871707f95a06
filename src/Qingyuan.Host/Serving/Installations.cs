using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Host.Serving;

/// <summary>Opens another installation beside the running one, from what its own directory says and nothing else: no environment, no option of this process concerns it.</summary>
internal sealed class Installations : IInstallations
{
    public async Task<IInstallation> OpenAsync(string directory, string? database, CancellationToken ct)
    {
        var data = new DataDirectory(directory);
        var configuration = new ConfigurationManager();
        configuration.AddJsonFile(data.Settings, optional: true, reloadOnChange: false);
        // Restored settings may name the server or the folders of the lost installation; what was restored lies here.
        configuration.AddInMemoryCollection([new(nameof(ServerSettings.Database), database), new("Backup:To", null), new("Telemetry:ColdFolder", null)]);
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddPlatform(configuration, data, new ServerSettings { Database = database }).BuildServiceProvider();
        var opened = new Installation(services);
        var ready = false;
        try
        {
            await services.MigrateAsync(ct);
            ready = true;
            return opened;
        }
        finally
        {
            if (!ready) await opened.DisposeAsync();
        }
    }

    private sealed class Installation(ServiceProvider services) : IInstallation
    {
        public IServiceProvider Services => services;

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            SqliteConnection.ClearAllPools(); // its files may be moved or deleted now
        }
    }
}
