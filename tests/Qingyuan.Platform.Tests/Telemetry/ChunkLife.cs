using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Frames;
using Qingyuan.Platform.Telemetry.Reading;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>
/// One life of a store, all of it drawn from a seed: frames of all kinds, checkpoints, time that passes, months that become cold, and deaths anywhere between two writes. After each death it
/// starts anew from its folder, as the platform does: it replays the log behind the mark.
/// </summary>
internal sealed class ChunkLife(int seed)
{
    private const string Mn = "LIFE";
    private const int Steps = 60;
    private static readonly string[] Factors = ["a21002", "a21026", "a34013"];
    private static readonly DateTime Old = new(2024, 5, 30);

    private readonly Random _random = new(seed);
    private readonly FakeTimeProvider _clock = new(TelemetryHouse.Noon.AddDays(3));
    private readonly DataDirectory _data = new(TelemetryHouse.NewFolder());
    private readonly Dictionary<FrameId, string> _acknowledged = [];
    private readonly List<string> _sent = [];
    private readonly List<Task> _unanswered = [];
    private KillPoints _points = new(new(seed));
    private ServiceProvider? _process;
    private long _applied;

    public int Deaths { get; private set; }

    public int Closed { get; private set; }

    public int ColdParts { get; private set; }

    public async Task LiveAsync()
    {
        await StartAsync();
        for (var step = 0; step < Steps; step++)
        {
            if (_random.Next(8) is 0) _points.Arm(12);
            try
            {
                await StepAsync();
            }
            catch (Exception error) when (_points.IsDead && IsOfTheDead(error))
            {
                await StartAnewAsync();
            }
        }

        await EndAsync();
        Directory.Delete(_data.Root, recursive: true);
    }

    private async Task StepAsync()
    {
        switch (_random.Next(20))
        {
            case < 11: await ReceiveAsync(_random.Next(1, 4)); break;
            case 11 or 12: _clock.Advance(TimeSpan.FromMinutes(_random.Next(1, 100))); break;
            case 13: _clock.Advance(TimeSpan.FromHours(_random.Next(1, 60))); break;
            case 14 or 15: await Get<IChunkWriter>().CheckpointAsync(_applied, default); break;
            case 16: Get<OpenChunks>().WriteAll(); break;
            case 17: await Get<IColdTier>().RunAsync(default); break;
            case 18: await SendAsync(Frame()); _points.Kill(); await StartAnewAsync(); break; // in the midst of a commit
            default: await StartAnewAsync(); break; // a stop that nobody hurried
        }

        if (_points.IsDead) throw new KilledException(); // it was a thread of its own that died
    }

    /// <summary>Frames are acknowledged when they are stored, and applied in the order of the log.</summary>
    private async Task ReceiveAsync(int count)
    {
        var sent = new List<(string Text, FrameReceipt Receipt)>();
        foreach (var text in Enumerable.Range(0, count).Select(_ => Frame()).ToList()) sent.Add((text, await SendAsync(text)));
        foreach (var (text, receipt) in sent)
        {
            await receipt.Durable;
            _acknowledged.Add(receipt.Id, text);
        }

        foreach (var (text, receipt) in sent) await ApplyAsync(receipt.Id, _clock.GetUtcNow(), text);
        _applied = sent[^1].Receipt.Id.Batch;
    }

    private async Task<FrameReceipt> SendAsync(string text)
    {
        _sent.Add(text);
        var receipt = await Get<IFrameLog>().AppendAsync(new(1, Mn, _clock.GetUtcNow(), FrameVerdict.Accepted, null, "127.0.0.1:1"), new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text)), default);
        _unanswered.Add(receipt.Durable);
        return receipt;
    }

    /// <summary>Live, late, filled back, the same once more, or the same moment with other values.</summary>
    private string Frame()
    {
        if (_sent.Count > 0 && _random.Next(6) is 0) return _sent[_random.Next(_sent.Count)];
        var now = StationClock.Wall(_clock.GetUtcNow());
        var at = _random.Next(6) switch
        {
            < 3 => now,
            3 => now.AddMinutes(-_random.Next(400)),
            4 => now.AddMinutes(-_random.Next(60 * 24 * 40)),
            _ => Old.AddHours(_random.Next(72)),
        };
        var resolution = (Resolution)_random.Next(4);
        at = resolution switch { Resolution.Realtime => at.Date.AddMinutes((int)at.TimeOfDay.TotalMinutes), Resolution.Minute => at.Date.AddMinutes((int)at.TimeOfDay.TotalMinutes / 10 * 10), Resolution.Hour => at.Date.AddHours(at.Hour), _ => at.Date };
        var values = Factors.Where(_ => _random.Next(3) > 0).DefaultIfEmpty("a21002").Select(factor => $"{factor}={_random.Next(4)}.{_random.Next(10)}");
        return string.Join('|', _random.Next(1, 4), resolution, at.Ticks.ToString(CultureInfo.InvariantCulture), string.Join(',', values));
    }

    private async Task ApplyAsync(FrameId id, DateTimeOffset received, string text)
    {
        var (station, values) = Decoded(id, received, text);
        await Get<IChunkWriter>().ApplyAsync(station, values, default);
    }

    private static (int Station, ReportedValues Values) Decoded(FrameId id, DateTimeOffset received, string text)
    {
        var parts = text.Split('|');
        var at = new DateTime(long.Parse(parts[2], CultureInfo.InvariantCulture));
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), new(id, Enum.Parse<Resolution>(parts[1]), at, received, [.. parts[3].Split(',').Select(pair => new ReportedValue(pair.Split('=')[0], "Rtd", pair.Split('=')[1], "N", null))]));
    }

    private async Task StartAnewAsync()
    {
        if (_points.IsDead) Deaths++;
        await StopAsync();
        await StartAsync();
    }

    private async Task StartAsync()
    {
        _points = new(new(_random.Next()));
        _process = Build();
        Get<ColdMove>().At = _ => _points.Step();
        await Get<FrameLog>().StartAsync(default);
        _applied = Get<IFrameTail>().AppliedThrough;
        foreach (var frame in Get<IFrameArchive>().Of(Mn, DateTimeOffset.MinValue, DateTimeOffset.MaxValue).Where(frame => frame.Id.Batch > _applied).ToList())
        {
            await ApplyAsync(frame.Id, frame.Arrival.ReceivedAt, Encoding.ASCII.GetString(frame.Bytes.Span));
            _applied = frame.Id.Batch;
        }
    }

    /// <summary>Nothing is written at the end but what the log had been given: chunks are dropped as they are.</summary>
    private async Task StopAsync()
    {
        await _process!.DisposeAsync();
        foreach (var answer in _unanswered) await answer.ContinueWith(_ => { }, TaskScheduler.Default);
        _unanswered.Clear();
        SqliteConnection.ClearAllPools();
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(_data).AddSingleton<TimeProvider>(_clock).AddSingleton(new SqliteFiles(_data.Telemetry, _points.Opening)).AddSingleton(new PersistenceOptions(null, _data.Database))
            .AddTelemetry(new ConfigurationBuilder().Build())
            .AddSingleton(new TelemetryOptions { OpenValues = 128, ColdFileBytes = 1024, BufferBytes = 64 * 1024, RecentBytes = 0 }); // so few that chunks leave memory early
        return services.BuildServiceProvider();
    }

    private async Task EndAsync()
    {
        _points.Disarm();
        if (_points.IsDead) await StartAnewAsync();
        await CompareAsync("in memory");
        await Get<IChunkWriter>().CheckpointAsync(_applied, default);
        await CompareAsync("on disk");
        CompareChunks();
        var audit = await Get<ITelemetryAudit>().RunAsync(default);
        Assert.True(audit.Ok, $"seed {seed}: {string.Join('\n', audit.Findings)}");
        await StopAsync();
        await StartAsync();
        await CompareAsync("after a restart");
        ColdParts = Get<IColdTier>().Parts().Count;
        await StopAsync();
    }

    /// <summary>Every acknowledged frame is there; what the reader gives out, contradictions and newest values are what all frames of the log say.</summary>
    private async Task CompareAsync(string when)
    {
        var log = Get<IFrameArchive>().Of(Mn, DateTimeOffset.MinValue, DateTimeOffset.MaxValue).ToDictionary(frame => frame.Id);
        foreach (var (id, text) in _acknowledged) Assert.Equal(text, Encoding.ASCII.GetString(log[id].Bytes.Span));
        var (chunks, conflicts) = FromFrames(log.Values);
        foreach (var (station, period) in from station in Enumerable.Range(1, 3) from period in Enum.GetValues<Resolution>() select (station, period))
        {
            var told = (await ToldAsync(station, period)).SelectMany(Lines).Order(StringComparer.Ordinal);
            var wanted = chunks.Values.Where(chunk => chunk.Key.StationNo == station && chunk.Key.Resolution == period).SelectMany(All).Order(StringComparer.Ordinal);
            Assert.True(wanted.SequenceEqual(told), $"seed {seed}, {when}, station {station} {period}:\n{string.Join('\n', wanted.Except(told).Select(line => "- " + line).Concat(told.Except(wanted).Select(line => "+ " + line)))}");
        }

        for (var station = 1; station <= 3; station++)
        {
            var told = (await Get<IContradictions>().ListAsync(station, Old.AddYears(-1), Old.AddYears(9), default)).Select(one => $"{one.Resolution} {one.At:O} {one.Factor} {one.First} {one.Second}").Distinct().Order(StringComparer.Ordinal);
            Assert.Equal(conflicts.Where(one => one.Chunk.StationNo == station).Select(one => $"{one.Chunk.Resolution} {one.At:O} {one.Factor} {one.First} {one.Second}").Distinct().Order(StringComparer.Ordinal), told);
            var newest = chunks.Values.Where(chunk => chunk.Key.StationNo == station && chunk.Key.Resolution is Resolution.Realtime).SelectMany(chunk => FrameRows.Of(chunk, DateTime.MinValue, DateTime.MaxValue))
                .SelectMany(frame => frame.Values.Select(value => (value.Factor, frame.DataTime, value.Text, frame.Frame))).GroupBy(value => value.Factor).Select(same => same.MaxBy(value => value.DataTime)).Select(value => $"{value.Factor} {value.DataTime:O} {value.Text} {value.Frame}").Order(StringComparer.Ordinal);
            Assert.Equal(newest, Get<LatestValues>().Of(station).Select(value => $"{value.Factor} {value.SampledAt:O} {value.Text} {value.Frame}").Order(StringComparer.Ordinal));
        }
    }

    /// <summary>Of the old days and of the last weeks: frames speak of no other.</summary>
    private async Task<IEnumerable<ReportedValues>> ToldAsync(int station, Resolution period) =>
        (await Get<ITelemetryReader>().ReadAllAsync(station, period, Old, Old.AddDays(4), default)).Concat(await Get<ITelemetryReader>().ReadAllAsync(station, period, TelemetryHouse.Noon.DateTime.AddDays(-60), StationClock.Wall(_clock.GetUtcNow()).AddDays(1), default));

    /// <summary>What lies in the store itself, hot and cold together, is what the frames give.</summary>
    private void CompareChunks()
    {
        var store = Get<IChunkStore>();
        foreach (var (key, chunk) in FromFrames(Get<IFrameArchive>().Of(Mn, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).Chunks)
        {
            var cold = Get<ColdStore>().Find(key);
            var hot = store.Read(key) is var (bytes, closed) ? (Chunk: ChunkDecoder.Decode(key, bytes, store.Codes(key)), closed) : default;
            if (hot.closed) Closed++;
            var stored = cold is null ? hot.Chunk : ColdStore.Merge(cold, hot.Chunk);
            Assert.True(stored is not null, $"seed {seed}: {key} is not stored");
            Assert.Equal(All(chunk).Order(StringComparer.Ordinal), All(stored).Order(StringComparer.Ordinal));
        }
    }

    private static (Dictionary<ChunkKey, Chunk> Chunks, List<Conflict> Conflicts) FromFrames(IEnumerable<StoredFrame> log)
    {
        var (chunks, conflicts) = (new Dictionary<ChunkKey, Chunk>(), new List<Conflict>());
        foreach (var frame in log.OrderBy(frame => frame.Id))
        {
            var (station, values) = Decoded(frame.Id, frame.Arrival.ReceivedAt, Encoding.ASCII.GetString(frame.Bytes.Span));
            var key = ChunkKey.Of(values.Resolution, values.DataTime, station);
            if (!chunks.TryGetValue(key, out var chunk)) chunks.Add(key, chunk = new(key));
            chunk.Apply(values, conflicts);
        }

        return (chunks, conflicts);
    }

    private static IEnumerable<string> All(Chunk chunk) => FrameRows.Of(chunk, DateTime.MinValue, DateTime.MaxValue).SelectMany(Lines);

    private static IEnumerable<string> Lines(ReportedValues frame) => frame.Values.Select(value => $"{frame.DataTime:O} {value.Factor} {value.Text} {frame.Frame} {frame.ReceivedAt:O}");

    private static bool IsOfTheDead(Exception error) => error is KilledException or FramesNotStoredException or SqliteException;

    private T Get<T>()
        where T : notnull => _process!.GetRequiredService<T>();
}
