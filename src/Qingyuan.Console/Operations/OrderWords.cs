using Qingyuan.Console.Stations;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Operations;

/// <summary>How work orders look; how they read is the slice's own.</summary>
internal static class OrderWords
{
    /// <summary>The order's title, with the factor by name where the station is known.</summary>
    public static string Title(WorkOrderView order, StationInfo? station) =>
        WorkOrderTexts.Title(order with { TitleArgs = StationWords.Named(order.TitleArgs, station) });

    public static (string Shape, string? Tone) Look(WorkOrderState state) => state switch
    {
        WorkOrderState.Dispatched => ("ring", "warn"),
        WorkOrderState.Submitted => ("diamond", "doubt"),
        WorkOrderState.Closed => ("square", null),
        WorkOrderState.Cancelled => ("cross", "off"),
        _ => ("dot", "care"),
    };
}
