using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>The house's schedule for deliveries: says that it is time to look, and does not wait.</summary>
internal sealed class DeliveryScan(DeliveryService service) : IDueScan
{
    public string Name => "exchange-deliveries";

    public Task ScanAsync(CancellationToken ct)
    {
        service.Wake();
        return Task.CompletedTask;
    }
}
