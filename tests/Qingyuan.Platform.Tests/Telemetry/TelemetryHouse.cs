using System.Buffers;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Shared;
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

    private TelemetryHouse(ServiceProvider provider, string folder) => (_provider, Folder) = (provider, folder);

    public string Folder { get; }

    public IFrameLog Log => Get<IFrameLog>();

    public IFrameTail Tail => Get<IFrameTail>();

    public IFrameReader Reader => Get<IFrameReader>();

    public FakeTimeProvider Time => (FakeTimeProvider)Get<TimeProvider>();

    public static string NewFolder() => Directory.CreateTempSubdirectory("qingyuan-telemetry-").FullName;

    /// <param name="folder">An old house to open again; null for a new one.</param>
    /// <param name="pragmas">Statements for each connection that writes, asked for when it opens.</param>
    /// <param name="settings">Options by name.</param>
    public static async Task<TelemetryHouse> OpenAsync(string? folder = null, Func<string>? pragmas = null, params (string Name, string Value)[] settings)
    {
        var data = new DataDirectory(folder ?? NewFolder());
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>("Telemetry:" + setting.Name, setting.Value)))
            .Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(data)
            .AddSingleton<TimeProvider>(new FakeTimeProvider(Noon))
            .AddSingleton(new SqliteFiles(data.Telemetry, pragmas))
            .AddTelemetry(configuration);
        var house = new TelemetryHouse(services.BuildServiceProvider(), data.Root);
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
