namespace Qingyuan.Rules.Operations;

/// <summary>Who acts.</summary>
/// <param name="Id">Stable id of the person, such as <c>u:li</c>.</param>
/// <param name="Role">One of <see cref="OrderRoles"/>, anything else may do nothing.</param>
public sealed record OrderActor(string Id, string Role);

/// <summary>What the rules need to know of an order.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Technician">Id of the responsible technician in the same form as <see cref="OrderActor.Id"/>; null when nobody is.</param>
/// <param name="Workers">Everyone who took a working step (accept to submit) on it, with the role held then.</param>
public sealed record OrderFacts(OrderState State, string? Technician, IReadOnlyCollection<OrderActor> Workers);

/// <summary>What an act makes of the order.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Technician">The responsible technician after it.</param>
/// <param name="IsWork">True when the actor is a worker of this order from now on.</param>
public sealed record OrderDecision(OrderState State, string? Technician, bool IsWork);

/// <summary>Role codes that may act on orders.</summary>
public static class OrderRoles
{
    /// <summary>Works orders of his own.</summary>
    public const string Technician = "technician";

    /// <summary>Reviews, rejects, closes, dispatches.</summary>
    public const string QcManager = "qc-manager";

    /// <summary>Dispatches; may take a working step for a technician on the telephone.</summary>
    public const string Dispatcher = "dispatcher";
}
