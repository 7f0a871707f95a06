using Orleans.GrainDirectory;
using Orleans.Placement;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>The grain: gives the shell its single thread and its clock. All state can be read again from stores, so none is persisted here.</summary>
[PreferLocalPlacement]
[GrainDirectory(NodeGrainDirectory.Name)]
internal sealed class StationTwin(TwinServices services, TwinOptions options) : Grain, IStationTwin
{
    private TwinShell? _shell;

    private TwinShell Shell => _shell ?? throw new InvalidOperationException("The twin is not active.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _shell = await TwinShell.BeginAsync((int)this.GetPrimaryKeyLong(), services, cancellationToken);
        var period = TimeSpan.FromSeconds(options.TickSeconds);
        // Keeps the twin in memory: silence is noticed by those who are awake.
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(period, period) { KeepAlive = true });
    }

    public Task ApplyAsync(IReadOnlyList<StationReport> reports) => Shell.ApplyAsync(reports, CancellationToken.None);

    public Task KeepAsync(IReadOnlyList<StationReport> reports) => Shell.KeepAsync(reports, CancellationToken.None);

    public Task LinkChangedAsync(bool connected, string remote, DateTimeOffset at) => Shell.LinkChangedAsync(connected, remote, at, CancellationToken.None);

    public Task<StationSnapshot> SnapshotAsync() => Task.FromResult(Shell.Snapshot());

    private async Task TickAsync(CancellationToken ct)
    {
        try
        {
            await Shell.TickAsync(ct);
            if (Shell.IsOver) DeactivateOnIdle();
        }
        catch (Exception error) when (error is not OperationCanceledException) // outermost loop of the twin's clock
        {
            services.Log.TickFailed((int)this.GetPrimaryKeyLong(), error);
        }
    }
}
