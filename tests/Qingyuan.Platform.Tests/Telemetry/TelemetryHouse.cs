using System.Buffers;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>The whole slice over a folder of its own; may be stopped and opened again.</summary>
internal sealed class TelemetryHouse : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(8));

    private readonly ServiceProvider _provider;
    private bool _closed;

    private readonly string? _database;

    private TelemetryHouse(ServiceProvider provider, string folder, string? database) => (_provider, Folder, _database) = (provider, folder, database);

    public string Folder { get; }

    public IFrameLog Log => Get<IFrameLog>();

    public IFrameTail Tail => Get<IFrameTail>();

    public IFrameReader Reader => Get<IFrameReader>();

    public FakeTimeProvider Time => (FakeTimeProvider)Get<TimeProvider>();

    public static string NewFolder() => Directory.CreateTempSubdirectory("qingyuan-telemetry-").FullName;

    /// <param name="folder">An old house to open again; null for a new one.</param>
    /// <param name="pragmas">Statements for each connection that writes, asked for when it opens.</param>
    /// <param name="settings">Options by name.</param>
    public static Task<TelemetryHouse> OpenAsync(string? folder = null, Func<string>? pragmas = null, params (string Name, string Value)[] settings) => OpenOnAsync(null, folder, pragmas, settings);

    /// <summary>The same on a PostgreSQL.</summary>
    /// <param name="database">Connection string; null for files.</param>
    /// <param name="folder">An old house to open again, which remembers its database; null for a new one.</param>
    /// <param name="pragmas">For files only.</param>
    /// <param name="settings">Options by name.</param>
    public static Task<TelemetryHouse> OpenOnAsync(string? database, string? folder = null, Func<string>? pragmas = null, params (string Name, string Value)[] settings) => OpenWithAsync(null, database, folder, pragmas, settings);

    /// <summary>The same with somebody who makes chunks anew.</summary>
    public static async Task<TelemetryHouse> OpenWithAsync(FramesAgain? refill, string? database, string? folder = null, Func<string>? pragmas = null, params (string Name, string Value)[] settings)
    {
        var data = new DataDirectory(folder ?? NewFolder());
        var note = Path.Combine(data.Root, "database.txt");
        if (database is not null) await File.WriteAllTextAsync(note, database);
        else if (File.Exists(note)) database = await File.ReadAllTextAsync(note);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>("Telemetry:" + setting.Name, setting.Value)))
            .Build();
        var services = new ServiceCollection();
        if (refill is not null) services.AddSingleton<IChunkRefill>(provider => refill.In(provider));
        services
            .AddLogging()
            .AddSingleton(data)
            .AddSingleton<TimeProvider>(new FakeTimeProvider(Noon))
            .AddSingleton(new SqliteFiles(data.Telemetry, pragmas))
            .AddSingleton(new PersistenceOptions(database, data.Database))
            .AddTelemetry(configuration);
        var house = new TelemetryHouse(services.BuildServiceProvider(), data.Root, database);
        foreach (var service in house._provider.GetServices<IHostedService>()) await service.StartAsync(default);
        return house;
    }

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public static FrameArrival Arrival(string mn = "M1", int station = 1, DateTimeOffset? at = null, FrameVerdict verdict = FrameVerdict.Accepted, string? why = null) =>
        new(station, mn, at ?? Noon, verdict, why, "127.0.0.1:5000");

    public ValueTask<FrameReceipt> AppendAsync(FrameArrival arrival, string text) =>
        Log.AppendAsync(arrival, new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text)), default);

    public async Task<FrameId> StoreAsync(FrameArrival arrival, string text)
    {
        var receipt = await AppendAsync(arrival, text);
        await receipt.Durable;
        return receipt.Id;
    }

    public async Task<string?> TextAsync(FrameId id) =>
        await Reader.FindAsync(id, default) is { } frame ? Encoding.ASCII.GetString(frame.Bytes.Span) : null;

    public ValueTask<ApplyOutcome> ApplyAsync(int station, long batch, DateTime at, params (string Factor, string Quantity, string Text, string? Flag)[] values) =>
        ApplyAsync(station, batch, at, Resolution.Realtime, values);

    public ValueTask<ApplyOutcome> ApplyAsync(
        int station, long batch, DateTime at, Resolution resolution, params (string Factor, string Quantity, string Text, string? Flag)[] values) =>
        Get<IChunkWriter>().ApplyAsync(
            station,
            new(new(batch, 0), resolution, at, Noon.AddTicks(batch), [.. values.Select(value => new ReportedValue(value.Factor, value.Quantity, value.Text, value.Flag, null))]),
            default);

    /// <summary>Months that have a file (<c>frames</c>, <c>chunks</c>) or a partition (<c>frame_batch</c>, <c>chunk</c>) of their own.</summary>
    public async Task<IReadOnlyList<string>> MonthsAsync(string files, string table)
    {
        if (_database is null) return [.. Directory.GetFiles(Path.Combine(Folder, "telemetry"), files + "-*.db").Select(file => Path.GetFileNameWithoutExtension(file)[(files.Length + 1)..]).Order()];
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var names = new NpgsqlCommand($"SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^{table}_[0-9]{{4}}_[0-9]{{2}}$' ORDER BY 1", connection);
        await using var row = await names.ExecuteReaderAsync();
        var months = new List<string>();
        while (await row.ReadAsync()) months.Add(row.GetString(0)[(table.Length + 1)..].Replace('_', '-'));
        return months;
    }

    /// <summary>Takes away what keeps frames from being changed.</summary>
    public const string Untriggered = "DROP TRIGGER IF EXISTS frame_batch_kept_update; DROP TRIGGER IF EXISTS frame_batch_kept_delete; ";

    /// <summary>Changes the store behind the platform's back.</summary>
    public void Tamper(string file, string onFiles, string onPostgres) =>
        Assert.True(Execute(file, Untriggered + onFiles, "SET session_replication_role = replica; " + onPostgres) > 0); // who tampers does not stop at a trigger

    /// <summary>Runs a statement on the store itself.</summary>
    public int Execute(string file, string onFiles, string onPostgres)
    {
        using System.Data.Common.DbConnection connection = _database is null ? new SqliteConnection($"Data Source={Path.Combine(Folder, "telemetry", file)};Pooling=False") : new NpgsqlConnection(_database + ";Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // statements of tests
        command.CommandText = _database is null ? onFiles : onPostgres;
#pragma warning restore CA2100
        return command.ExecuteNonQuery();
    }

    public Task CheckpointAsync(long appliedThrough) => Get<IChunkWriter>().CheckpointAsync(appliedThrough, default);

    /// <summary>Stops it cleanly; a second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        _closed = true;
        foreach (var service in _provider.GetServices<IHostedService>().Reverse()) await service.StopAsync(default);
        await _provider.DisposeAsync();
    }
}
