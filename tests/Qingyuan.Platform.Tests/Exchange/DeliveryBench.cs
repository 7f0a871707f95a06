using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Exchange.Deliveries;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Rules.Exchange;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>The whole platform, and the policy's job on a clock of its own: in years in which the platform itself has nothing to do.</summary>
internal sealed class DeliveryBench : IAsyncDisposable
{
    private static int _numbers;
    private readonly FakeTimeProvider _clock;
    private DeliveryRule? _rule;

    private DeliveryBench(HostHouse house, FakeTimeProvider clock) => (House, _clock) = (house, clock);

    public HostHouse House { get; }

    /// <summary>A Monday.</summary>
    public static DateTime Monday { get; } = new(2030, 3, 4);

    public string Name { get; } = $"交付{Interlocked.Increment(ref _numbers)}";

    public IDeliveries Book => ActivatorUtilities.CreateInstance<DeliveryBook>(House.Services, Ledger, _clock);

    /// <summary>The same over other blobs and another ledger.</summary>
    public IDeliveries BookOver(IBlobStore blobs, IElectronicLedger ledger) =>
        ActivatorUtilities.CreateInstance<DeliveryBook>(House.Services, blobs, ActivatorUtilities.CreateInstance<DeliveryLedger>(House.Services, ledger, _clock), _clock);

    private DeliveryLedger Ledger => ActivatorUtilities.CreateInstance<DeliveryLedger>(House.Services, _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<DeliveryBench> OpenAsync(Engine engine) => new(await HostHouse.OfAsync(engine), new(StationClock.Instant(Monday)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) }); // no two ids of one moment: they tell the order

    public async Task<string> StationAsync(bool sample = false, string? discharger = null)
    {
        var mn = $"DELIVER{Interlocked.Increment(ref _numbers):D8}";
        var draft = new StationDraft(mn, "交付站", StationKind.Water, 2017, "123456")
        {
            IsSample = sample, DischargerCode = discharger, Factors = [new("w01018", "化学需氧量", "Chemical oxygen demand", "mg/L", 1, null, null, null, null)],
        };
        Assert.True((await House.Services.GetRequiredService<IStationArchive>().AddAsync(draft, Actor.Service("test", "self"), Token)).IsOk);
        return mn;
    }

    /// <summary>Daily at two, hours, csv, kept.</summary>
    public static DeliveryRule Rule(params string[] stations) => new(
        "市生态环境局", "epb", RecipientKind.Regulator, null, StationChoice.Listed, stations, null, [], [DeliveryData.Hour], DeliveryForm.Csv, DeliveryInterval.Daily, new(2, 0), null, HandOver.Kept, null, null, null, true);

    public async Task<Result<DeliveryView>> SaveAsync(DeliveryRule rule, string? secret = null)
    {
        var saved = await Book.SaveAsync(new(Name, rule, secret, null), new Actor("u:dispatcher", Roles.Dispatcher, "self", "password"), Token);
        if (saved.IsOk) _rule = rule;
        return saved;
    }

    /// <summary>As ingest does it once a frame is decoded.</summary>
    public async Task StoreAsync(string mn, Resolution resolution, DateTime at, params (string Factor, string Quantity, string Text, string? Flag)[] values)
    {
        var station = House.Services.GetRequiredService<IStationDirectory>().Find(mn)!;
        var frame = new FrameId(900_000_000 + Interlocked.Increment(ref _numbers), 0);
        await House.Services.GetRequiredService<IChunkWriter>().ApplyAsync(
            station.StationNo, new(frame, resolution, at, StationClock.Instant(at).AddHours(1), [.. values.Select(value => new ReportedValue(value.Factor, value.Quantity, value.Text, value.Flag, null))]), Token);
    }

    /// <summary>The job at a moment of station time, as a platform that has just started would do it.</summary>
    public async Task RunAtAsync(DateTime wall)
    {
        _clock.SetUtcNow(StationClock.Instant(wall));
        var services = House.Services;
        var store = ActivatorUtilities.CreateInstance<DeliveryStore>(services, Ledger, _clock);
        var alarm = ActivatorUtilities.CreateInstance<DeliveryAlarm>(services, store, _clock);
        await ActivatorUtilities.CreateInstance<DeliveryRound>(services, store, alarm, _clock).RunAsync(Token);
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<DeliveryRunView>> RunsAsync() => [.. (await Book.RunsAsync(Name, null, 500, null, Token))!.Items.Reverse()];

    public async Task<byte[]> FileAsync(DeliveryRunView run)
    {
        var (content, _, _) = (await Book.FileAsync(Name, run.Id, null, Actor.Service("test", "self"), Token))!.Value;
        await using (content)
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, Token);
            return copy.ToArray();
        }
    }

    public async Task<string> TextAsync(DeliveryRunView run) => Encoding.UTF8.GetString(await FileAsync(run)).TrimStart('\ufeff');

    /// <summary>Lines of a csv below its heading.</summary>
    public async Task<string[][]> CellsAsync(DeliveryRunView run) =>
        [.. (await TextAsync(run)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] is not '#').Skip(1).Select(line => line.Split(','))];

    public async Task<IReadOnlyList<LedgerEntryView>> LedgerAsync(string kind) =>
        (await House.Services.GetRequiredService<ILedgerReader>().ListAsync(new("exchange-delivery:" + Name, kind, Limit: 100), Token)).Items;

    public async Task<AlarmState?> AlarmAsync() =>
        (await House.Services.GetRequiredService<IAlarmDesk>().ListAsync(new(Kind: AlarmKind.Platform, Limit: 200), null, Token)).Items.FirstOrDefault(alarm => alarm.Cause == "delivery:" + Name)?.State;

    public static string Stamp(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Switched off: other tests of the same house have other clocks.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_rule is { } rule) await SaveAsync(rule with { Enabled = false, HandOver = HandOver.Kept });
    }
}
