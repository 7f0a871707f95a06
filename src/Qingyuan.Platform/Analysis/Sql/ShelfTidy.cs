using Microsoft.Extensions.Hosting;
using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.Analysis.Sql;

/// <summary>Removes data sets and answers that have had their time, and at the start what an earlier run left.</summary>
internal sealed class ShelfTidy(Shelf shelf) : IDueScan, IHostedService
{
    public string Name => "sql-shelf";

    public Task ScanAsync(CancellationToken ct)
    {
        shelf.Tidy();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        shelf.Clear();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
