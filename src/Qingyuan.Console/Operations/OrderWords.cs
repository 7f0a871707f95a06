using Qingyuan.Platform.Operations.Contracts;

namespace Qingyuan.Console.Operations;

/// <summary>How work orders look; how they read is the slice's own.</summary>
internal static class OrderWords
{
    public static (string Shape, string? Tone) Look(WorkOrderState state) => state switch
    {
        WorkOrderState.Dispatched => ("ring", "warn"),
        WorkOrderState.Submitted => ("diamond", "doubt"),
        WorkOrderState.Closed => ("square", null),
        WorkOrderState.Cancelled => ("cross", "off"),
        _ => ("dot", "care"),
    };
}
