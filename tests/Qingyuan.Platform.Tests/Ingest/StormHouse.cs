using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Control;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>The whole platform over a folder of its own, many stations, and a hand on the lock of the file that frames go into.</summary>
internal sealed class StormHouse : IAsyncDisposable
{
    private Server? _server;

    private StormHouse(string folder, IReadOnlyList<string> mns) => (Folder, Mns) = (folder, mns);

    public string Folder { get; }

    public IReadOnlyList<string> Mns { get; }

    public IngestHealth Health => Get<IIngestHealth>().Now;

    public static async Task<StormHouse> StartAsync(int stations, TimeProvider? clock = null, params (string Name, string Value)[] settings)
    {
        var house = new StormHouse(Directory.CreateTempSubdirectory("qingyuan-storm-").FullName, [.. Enumerable.Range(0, stations).Select(number => string.Create(CultureInfo.InvariantCulture, $"STORM{number:D19}"))]);
        await house.StartAgainAsync(clock, settings);
        foreach (var mn in house.Mns)
        {
            var added = await ControlVerbs.All["station add"].RunAsync(house._server!.Services, new JsonObject { ["mn"] = mn, ["name"] = mn, ["kind"] = "water", ["edition"] = 2017, ["password"] = "123456" }, default);
            Assert.True(added.Exit is 0, added.Error);
        }

        return house;
    }

    /// <summary>Stops it, if it runs, and starts it on the same folder.</summary>
    public async Task StartAgainAsync(TimeProvider? clock = null, params (string Name, string Value)[] settings)
    {
        if (_server is not null) await _server.DisposeAsync();
        var said = new Dictionary<string, string?> { ["Data"] = Folder, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0" };
        foreach (var (name, value) in settings) said[name] = value;
        _server = await Server.StartAsync(said, services =>
        {
            // Who holds commits holds them longer than a lock is waited for, when the machine stands still for a while.
            services.AddSingleton(provider => new SqliteFiles(provider.GetRequiredService<DataDirectory>().Telemetry) { BusySeconds = 600 });
            if (clock is not null) services.AddSingleton(clock);
        });
    }

    public T Get<T>()
        where T : notnull => _server!.Services.GetRequiredService<T>();

    public IEnumerable<T> All<T>() => _server!.Services.GetServices<T>();

    public Task<Logger> ConnectAsync() => Logger.ConnectAsync(_server!.Listeners.Hj212EndPoint);

    public int StationNo(string mn) => Get<IStationDirectory>().Find(mn)!.StationNo;

    /// <summary>Until nothing is put off any more: how far it sheds is looked at once a second.</summary>
    public Task CalmAsync() => Eventually.That(() => Health.Shedding is "None");

    /// <summary>From here no frame is committed until it is disposed. At least one frame was before.</summary>
    public IDisposable HoldCommits()
    {
        var file = Directory.EnumerateFiles(Path.Combine(Folder, "telemetry"), "frames-*.db").Order(StringComparer.Ordinal).Last();
        var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=30");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Every frame of a station as it lies in the store, in the order of the log.</summary>
    public IReadOnlyList<StoredFrame> Stored(string mn) => [.. Get<IFrameArchive>().Of(mn, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)];

    /// <summary>Until all that was stored has been brought to the twins.</summary>
    public Task AppliedAsync() => Eventually.That(() => Health is var health && health.BeingStored is 0 && health.AppliedThrough >= Get<IFrameTail>().Last, () => Health.AppliedThrough);

    /// <summary>A value of one period, asking for its answer.</summary>
    public static byte[] Report(string mn, DateTime at, string value, string cn, string? qn = null) => Logger.Frame(
        $"QN={qn ?? at.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)};ST=32;CN={cn};PW=123456;MN={mn};Flag=5;CP=&&DataTime={at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)};w01018-{(cn is "2011" ? "Rtd" : "Avg")}={value},w01018-Flag=N&&");

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.ASCII.GetString(bytes.Span);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
