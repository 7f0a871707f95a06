using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Operations;

namespace Qingyuan.Console.Operations;

/// <param name="Choices">Values to choose from; empty for free text.</param>
public sealed record OrderActField(string Name, bool Required, IReadOnlyList<string> Choices, bool Long);

/// <summary>One act as the screen offers it: the policy that lets a person do it and the fields it records.</summary>
public sealed record OrderActForm(string Name, string Policy, IReadOnlyList<OrderActField> Fields)
{
    public static OrderActForm Of(string act)
    {
        var required = Enum.TryParse<OrderAct>(act, ignoreCase: true, out var known) ? OrderFields.RequiredBy(known) : [];
        return new(act, PolicyOf(act), [.. NamesOf(act).Select(name => new OrderActField(name, required.Contains(name), ChoicesOf(name), name is OrderFields.Note))]);
    }

    private static string PolicyOf(string act) => act switch
    {
        "review" or "reject" or "close" => Policies.ReviewOrders,
        "reassign" or "cancel" => Policies.DispatchOrders,
        _ => Policies.WorkOrders,
    };

    private static IReadOnlyList<string> NamesOf(string act) => act switch
    {
        "diagnose" => [OrderFields.Cause, OrderFields.FaultClass, OrderFields.Note],
        "repair" => [OrderFields.Part, OrderFields.Note],
        "test" => [OrderFields.Result, OrderFields.Note],
        "reject" => [OrderFields.Reason, OrderFields.Redo],
        "cancel" => [OrderFields.Reason],
        "reassign" => [OrderFields.Technician, OrderFields.Reason],
        _ => [OrderFields.Note],
    };

    private static IReadOnlyList<string> ChoicesOf(string field) => field switch
    {
        OrderFields.FaultClass => ["simple", "data-unit", "other"],
        OrderFields.Result => ["pass", "fail"],
        OrderFields.Redo => ["repair", "diagnosis"],
        _ => [],
    };
}
