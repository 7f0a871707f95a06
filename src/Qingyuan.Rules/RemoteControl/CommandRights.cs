using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Operations;

namespace Qingyuan.Rules.RemoteControl;

/// <summary>Who may ask for and release which operation.</summary>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.3", Certainty = "SINGLE")]
public static class CommandRights
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("REMOTE-RIGHTS", "1");

    /// <summary>Why this person may not ask for it; null when he may. A technician asks for what is not dangerous.</summary>
    public static Refusal? AgainstAsking(Operation operation, OrderActor person)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(person);
        return person.Role switch
        {
            OrderRoles.Dispatcher or OrderRoles.QcManager => null,
            OrderRoles.Technician when !operation.IsDangerous => null,
            _ => new("command.not-yours", operation.Code, person.Role),
        };
    }

    /// <summary>Why this person may not release it; null when he may. Never the one who asked.</summary>
    public static Refusal? AgainstReleasing(string askedBy, OrderActor person)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (person.Role is not (OrderRoles.Dispatcher or OrderRoles.QcManager)) return new("command.not-yours-to-release", person.Role);
        return person.Id == askedBy ? new Refusal("command.second-person-required") : null;
    }

    /// <summary>True when it may go out without a second person: it is not dangerous, or an open work order stands behind it.</summary>
    public static bool IsReleasedAtOnce(Operation operation, bool hasOpenOrder)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return !operation.IsDangerous || hasOpenOrder;
    }
}
