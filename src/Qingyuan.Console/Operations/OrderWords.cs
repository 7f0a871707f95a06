using Microsoft.Extensions.Localization;
using Qingyuan.Console.Shared;
using Qingyuan.Platform.Operations.Contracts;

namespace Qingyuan.Console.Operations;

/// <summary>How work orders look and read.</summary>
internal sealed class OrderWords(IStringLocalizer<Texts> words, IStringLocalizer<Alarms.Texts> alarms)
{
    /// <summary>An order opened by an alarm carries the alarm's sentence; one opened by a person its own title.</summary>
    public string Title(WorkOrderView order)
    {
        if (order.Title.Length > 0 && order.TitleCode.Length is 0) return order.Title;
        var template = words["title." + order.TitleCode];
        if (template.ResourceNotFound) template = alarms["message." + order.TitleCode];
        return template.ResourceNotFound ? order.Title.Length > 0 ? order.Title : order.TitleCode : Qingyuan.Platform.Shared.Texts.Sentences.Fill(template, order.TitleArgs);
    }

    public string State(WorkOrderState state) => words["state." + state];

    public string Act(string act) => words.OrCode("act." + act, act);

    public string Clock(FaultClock clock) => words.OrCode("clock." + clock.Name, clock.Name);

    public static (string Shape, string? Tone) Look(WorkOrderState state) => state switch
    {
        WorkOrderState.Dispatched => ("ring", "warn"),
        WorkOrderState.Submitted => ("diamond", "doubt"),
        WorkOrderState.Closed => ("square", null),
        WorkOrderState.Cancelled => ("cross", "off"),
        _ => ("dot", "care"),
    };
}
