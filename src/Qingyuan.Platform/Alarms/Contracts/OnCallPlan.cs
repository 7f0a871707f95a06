using System.Text.Json;
using Qingyuan.Rules.Alarms;

namespace Qingyuan.Platform.Alarms.Contracts;

/// <summary>How one person is reached: a channel by name and the address on it (mail address, telephone number; may be empty for a group robot).</summary>
public sealed record OnCallWay(string Channel, string Address);

/// <summary>One person, called over all their ways at once. <paramref name="Language"/> is <c>zh</c> or <c>en</c>.</summary>
public sealed record OnCallPerson(string Name, string Language, IReadOnlyList<OnCallWay> Ways);

/// <summary>Whom to call, in this order.</summary>
/// <param name="ReceiptMinutes">Time a person has to confirm before the next one is called.</param>
/// <param name="Rounds">How often the list is gone through.</param>
/// <param name="People">In the order they are called.</param>
public sealed record OnCallPlan(int ReceiptMinutes, int Rounds, IReadOnlyList<OnCallPerson> People)
{
    public static OnCallPlan Nobody { get; } = new((int)EscalationPolicy.Default.ReceiptWithin.TotalMinutes, EscalationPolicy.Default.Rounds, []);

    internal EscalationPolicy Policy => new(TimeSpan.FromMinutes(ReceiptMinutes), Rounds);

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    internal static OnCallPlan From(string? json) => json is null ? Nobody : JsonSerializer.Deserialize<OnCallPlan>(json, JsonSerializerOptions.Web) ?? Nobody;
}
