using Microsoft.AspNetCore.Components;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Console.Shared;

/// <summary>A page that reads contracts in process: shows its skeleton while prerendered, loads once interactive, reloads on events.</summary>
public abstract class ConsolePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly List<IDisposable> _subscriptions = [];

    [Inject] internal EventRelay Relay { get; set; } = null!;

    [Inject] protected ICurrentActor Person { get; set; } = null!;

    [Inject] protected TimeProvider Clock { get; set; } = null!;

    /// <summary>False while the skeleton stands in for what is read.</summary>
    protected bool Loaded { get; private set; }

    /// <summary>Ends when the person leaves the page.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Kinds of events after which the page reads again.</summary>
    protected virtual IReadOnlyList<string> RefreshesOn => [];

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive) return;
        // Heard from before it reads: what happens while it does is read by the next reading, which waits for this one.
        var first = new TaskCompletionSource();
        if (RefreshesOn.Count > 0) OnLeave(Relay.Subscribe(RefreshesOn, () => ReloadAfterAsync(first.Task)));
        try
        {
            await LoadAsync();
            Loaded = true;
        }
        finally
        {
            first.SetResult();
        }
    }

    private async Task ReloadAfterAsync(Task first)
    {
        await first;
        await InvokeAsync(ReloadAsync);
    }

    protected async Task ReloadAsync()
    {
        if (_gone.IsCancellationRequested) return;
        await LoadAsync();
        StateHasChanged();
    }

    /// <summary>Disposes <paramref name="subscription"/> with the page.</summary>
    protected void OnLeave(IDisposable subscription) => _subscriptions.Add(subscription);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _gone.IsCancellationRequested) return;
        _gone.Cancel();
        _subscriptions.ForEach(subscription => subscription.Dispose());
        _gone.Dispose();
    }
}
