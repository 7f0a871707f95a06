using Microsoft.Extensions.Options;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>Says loudly when a delivery waits for long, and takes it back when it is there.</summary>
internal sealed class DeliveryAlarm(DeliveryStore store, IAlarmDesk desk, IOptions<ExchangeOptions> options, TimeProvider clock)
{
    public async Task SayAsync(CancellationToken ct)
    {
        foreach (var (run, name, enabled) in await store.TroubledAsync(ct))
        {
            var waits = enabled && run.State is DeliveryRunState.Failing;
            if (waits == run.Alarmed || (waits && clock.GetUtcNow() - run.FailingSince < options.Value.AlarmAfter)) continue;
            var args = new Dictionary<string, string> { ["name"] = name, ["why"] = ExchangeTexts.Error(run.Error) ?? "" };
            var since = StationClock.Wall(waits ? run.FailingSince!.Value : clock.GetUtcNow());
            await desk.HandleAsync(
                new(null, AlarmKind.Platform, "delivery:" + name, AlarmSeverity.Warning, waits, since, null, waits ? "delivery.failing" : "delivery.recovered", args, "DELIVERY@1", null), ct);
            await store.AlarmedAsync(run, waits, ct);
        }
    }
}
