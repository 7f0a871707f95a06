using System.Text;
using Qingyuan.Host.Serving;
using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Evidence.Contracts;

namespace Qingyuan.Host.Commands.Ledger;

/// <summary>An installation opened for reading: the log's files, and the database when there is one.</summary>
internal sealed class LedgerHouse : IAsyncDisposable
{
    private readonly ILogDisk _disk;
    private readonly LogReader _log;
    private readonly ServiceProvider? _services;

    private LedgerHouse(ILogDisk disk, ServiceProvider? services) => (_disk, _log, _services) = (disk, new LogReader(disk), services);

    /// <exception cref="WrongUseException">There is no evidence log there, or its database is a PostgreSQL that is not named.</exception>
    public static LedgerHouse Open(string? data, string? database)
    {
        Dictionary<string, string?> said = [];
        if (data is not null) said[ServerSettings.DataKey] = data;
        if (database is not null) said[nameof(ServerSettings.Database)] = database;
        var directory = Settings.Directory(said);
        // Looks before it asks: asking the directory would make the folder.
        var ledger = Path.Combine(directory.Root, "ledger");
        if (!Directory.Exists(ledger)) throw new WrongUseException($"{directory.Root}: no evidence log there");
        var configuration = new ConfigurationManager();
        Settings.Fill(configuration, directory, said);
        var settings = Settings.Bind(configuration);
        _ = DataPlace.Of(directory, settings); // else a moved installation's files would be verified alone, as if it had no database
        var hasDatabase = settings.Database is not null || File.Exists(Path.Combine(directory.Root, "platform.db"));
        var services = hasDatabase ? new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddPlatform(configuration, directory, settings).BuildServiceProvider() : null;
        return new(new PhysicalDisk(ledger), services);
    }

    public bool HasDatabase => _services is not null;

    public LogStanding Standing => LogStanding.Of(_disk);

    public Checkpoint? Checkpoint(bool sm) => _log.Checkpoint(sm ? HashSuite.Sm3 : HashSuite.Sha256)?.Checkpoint;

    public IReadOnlyList<string> CheckpointNotes() => [.. HashSuite.All.Select(_log.CheckpointBytes).OfType<byte[]>().Select(Encoding.UTF8.GetString)];

    /// <summary>Null without a database.</summary>
    public async Task<long?> WaitingAsync(CancellationToken ct) => _services is null ? null : await _services.GetRequiredService<ILedgerAudit>().WaitingAsync(ct);

    /// <summary>Files and database; without a database the files alone.</summary>
    public async Task<LedgerAudit> AuditAsync(CancellationToken ct) =>
        _services is null ? LogFileAudit.Run(_disk, ct) : await _services.GetRequiredService<ILedgerAudit>().RunAsync(ct);

    public async Task<byte[]?> BundleAsync(Guid id, CancellationToken ct) =>
        _services is null ? throw new WrongUseException("export needs the database (--db or platform.db)") : await _services.GetRequiredService<ILedgerReader>().BundleAsync(id, ct);

    public async ValueTask DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
    }
}
