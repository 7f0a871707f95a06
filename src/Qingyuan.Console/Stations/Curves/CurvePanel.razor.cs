using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using Qingyuan.Console.Stations.Frames;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Console.Stations.Curves;

/// <summary>The curves of one station: drawn once per window, then fed with what is new.</summary>
public partial class CurvePanel
{
    private const int Height = 400;
    private const int FirstFactors = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2); // a chart that moves oftener than this is not read

    private readonly CancellationTokenSource _gone = new();
    private readonly HashSet<string> _factors = [];
    private ElementReference _canvas;
    private DotNetObjectReference<CurvePanel>? _self;
    private IJSObjectReference? _charts;
    private CurveRequest? _drawn;
    private DateTime _through;
    private bool _converted = true;
    private bool _derived = true;
    private bool _busy;

    [Parameter, EditorRequired] public StationInfo Station { get; set; } = null!;

    [Parameter, EditorRequired] public TimeWindow Window { get; set; } = null!;

    [Parameter] public StationSnapshot? Snapshot { get; set; }

    [Inject] private IStringLocalizer<Texts> T { get; set; } = null!;

    [Inject] private CurveReader Reader { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    protected override void OnInitialized() =>
        _factors.UnionWith(Station.Factors.OrderByDescending(factor => factor.Limit is not null).Take(FirstFactors).Select(factor => factor.Code));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _charts = await Js.InvokeAsync<IJSObjectReference>("import", _gone.Token, "./_content/Qingyuan.Console/charts.js");
        }
        if (_charts is null || _busy) return;
        _busy = true;
        try
        {
            do await (Redraws() ? DrawAsync() : FeedAsync());
            while (Redraws()); // what was chosen while it was being drawn: a window that stands still gets no other rendering
        }
        catch (JSDisconnectedException)
        {
            // The person left while the chart was being drawn.
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // Likewise.
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>A click on a point: the frame it came from, or the rule that derived it.</summary>
    [JSInvokable]
    public Task OnPointAsync(string series, long at, string? frame)
    {
        var channel = CurveChannel.Parse(series);
        return frame is not null
            ? FrameDialog.OpenAsync(Dialogs, T, Station, frame, channel.Factor)
            : DerivedDialog.OpenAsync(Dialogs, T, Station, channel.Factor, Window.Resolution, CurvePoints.Wall(at));
    }

    [JSInvokable]
    public void OnFlagAsync(string link) => Navigation.NavigateTo(link);

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        try
        {
            if (_charts is not null)
            {
                await _charts.InvokeVoidAsync("hide", _canvas);
                await _charts.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone and the chart with it.
        }
        _self?.Dispose();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    private CurveRequest Request => new(Station, [.. Station.Factors.Select(factor => factor.Code).Where(_factors.Contains)], _converted, _derived, Window);

    /// <summary>A live window that only moved on is fed; anything else is drawn anew.</summary>
    private bool Redraws() => _drawn is not { } drawn || drawn.Station.StationNo != Station.StationNo || drawn.Converted != _converted || drawn.Derived != _derived
        || !drawn.Factors.SequenceEqual(Request.Factors) || drawn.Window.Resolution != Window.Resolution
        || (drawn.Window != Window && !(drawn.Window.Live && Window.Live && drawn.Window.Span == Window.Span));

    private async Task DrawAsync()
    {
        var request = _drawn = Request;
        _through = Window.To;
        var model = await Reader.ReadAsync(request, Snapshot, _gone.Token);
        await _charts!.InvokeVoidAsync("show", _gone.Token, _canvas, model, _self);
    }

    private async Task FeedAsync()
    {
        var step = Window.Resolution is Resolution.Realtime ? Pace : TimeSpan.FromSeconds(30);
        if (!Window.Live || Window.To - _through < step) return;
        var (request, after) = (_drawn = Request, _through - CurveReader.IntervalOf(_drawn!));
        var added = await Reader.ReadNewAsync(request, after, _gone.Token);
        _through = Window.To;
        await _charts!.InvokeVoidAsync("append", _gone.Token, _canvas, CurvePoints.Milliseconds(Window.From), CurvePoints.Milliseconds(Window.To), added);
    }

    private async Task SetAsync(Action change)
    {
        change();
        await InvokeAsync(StateHasChanged);
    }

    /// <summary>The colour of the factor's line, by its place among those shown.</summary>
    private string Swatch(string code) =>
        _factors.Contains(code) ? $"background:var(--series-{Request.Factors.ToList().IndexOf(code) % 8})" : "background:var(--line-strong)";

    private void Toggle(string code)
    {
        if (!_factors.Remove(code)) _factors.Add(code);
    }

    private async Task ZoomAsync(double factor) => await _charts!.InvokeVoidAsync("zoom", _canvas, factor);

    private async Task ResetAsync() => await _charts!.InvokeVoidAsync("reset", _canvas);
}
