using System.Buffers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Due;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>A running platform with some frames and ledger entries, a folder for its backups, and a place for the copy of their key.</summary>
internal sealed class BackupHouse : IAsyncDisposable
{
    public static readonly Actor Administrator = new("u:wang", Roles.SystemAdmin, "self", "totp");
    private Server? _server;

    private BackupHouse(string root) => Root = root;

    public string Root { get; }

    public string Data => Path.Combine(Root, "data");

    public string Vault => Path.Combine(Root, "vault");

    public string KeyCopies => Path.Combine(Root, "key-copies");

    /// <param name="database">Connection string of a PostgreSQL; null for the embedded database.</param>
    public static async Task<BackupHouse> StartAsync(string? database = null)
    {
        var house = new BackupHouse(Directory.CreateTempSubdirectory("qingyuan-backup-").FullName);
        // The server that a drill starts runs as another user, who must get through.
        if (!OperatingSystem.IsWindows() && database is not null) File.SetUnixFileMode(house.Root, (UnixFileMode)Convert.ToInt32("755", 8));
        await house.StartAsync(house.Data, database);
        return house;
    }

    public T Get<T>()
        where T : notnull => _server!.Services.GetRequiredService<T>();

    /// <summary>Stops what runs and starts another directory.</summary>
    public async Task StartAsync(string data, string? database = null)
    {
        if (_server is not null) await _server.DisposeAsync();
        // Its turn every minute would take backups and drills beside the tests that do.
        _server = await Server.StartAsync(Said(data, database), services => services.Remove(services.Single(each => each.ImplementationFactory?.Method.ReturnType == typeof(BackupService) && each.ServiceType == typeof(IHostedService))));
    }

    public async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _server = null;
    }

    /// <summary>What the environment of a command line would say.</summary>
    public Dictionary<string, string> Environment => new() { ["QINGYUAN__Backup__KeyCopies"] = KeyCopies };

    public async Task<IReadOnlyList<FrameId>> StoreAsync(int first, int count)
    {
        var receipts = new List<FrameReceipt>();
        for (var number = first; number < first + count; number++)
        {
            var arrival = new FrameArrival(0, "BACKUP0001", TimeProvider.System.GetUtcNow(), FrameVerdict.Accepted, null, "127.0.0.1:5000");
            receipts.Add(await Get<IFrameLog>().AppendAsync(arrival, new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes($"##frame {number}\r\n")), default));
        }

        foreach (var receipt in receipts) await receipt.Durable;
        return [.. receipts.Select(receipt => receipt.Id)];
    }

    public async Task<string?> TextAsync(FrameId id) => await Get<IFrameReader>().FindAsync(id, default) is { } frame ? Encoding.ASCII.GetString(frame.Bytes.Span).Trim() : null;

    public async Task<Guid> RecordAsync(string note)
    {
        var ledger = Get<IElectronicLedger>();
        return await Get<IDatabase>().WriteAsync((db, _) => Task.FromResult(ledger.Record(db, new("om.test", null, null, null, Administrator, TimeProvider.System.GetUtcNow(), new() { ["note"] = note }))), default);
    }

    /// <summary>A file of that many bytes among those that people upload.</summary>
    public async Task FileAsync(string name, int bytes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Data, "blobs")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, name), System.Security.Cryptography.RandomNumberGenerator.GetBytes(bytes), default);
    }

    public Task SealedAsync(Guid entry) => Ingest.Eventually.That(async () => (await Get<ILedgerReader>().FindAsync(entry, default))?.LogIndex is not null);

    public async Task<BackupInfo> TakeAsync() => (await Get<IBackups>().CreateAsync(Vault, BackupKind.Manual, Administrator, TestContext.Current.CancellationToken)).Value;

    public Task<Rules.Kernel.Result<RestorationReport>> RestoreAsync(BackupInfo backup, string directory, string? key = null, string? database = null) =>
        Restorations.In(KeyCopies).RestoreAsync(backup.Path, directory, key, database, Administrator, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Dictionary<string, string?> Said(string data, string? database) => new()
    {
        ["Data"] = data, ["Database"] = database, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0", ["Backup:To"] = Vault, ["Backup:KeyCopies"] = KeyCopies, ["Backup:BytesPerSecond"] = "0",
    };
}
