using System.Text.RegularExpressions;
using Qingyuan.Platform.Alarms.Contracts;

namespace Qingyuan.Console.Alarms.Notifications;

/// <summary>The on-call order as the screen edits it.</summary>
public sealed partial class OnCallForm
{
    public int? ReceiptMinutes { get; set; }

    public int? Rounds { get; set; }

    public List<PersonForm> People { get; } = [];

    public static OnCallForm From(OnCallPlan plan)
    {
        var form = new OnCallForm { ReceiptMinutes = plan.ReceiptMinutes, Rounds = plan.Rounds };
        foreach (var person in plan.People)
        {
            var one = new PersonForm { Name = person.Name, Language = person.Language };
            one.Ways.AddRange(person.Ways.Select(way => new WayForm { Channel = way.Channel, Address = way.Address }));
            form.People.Add(one);
        }

        return form;
    }

    public OnCallDraft ToDraft() => new(ReceiptMinutes ?? 0, Rounds ?? 0,
        [.. People.Select(person => new OnCallPersonDraft(person.Name.Trim(), person.Language, [.. person.Ways.Select(way => new OnCallWayDraft(way.Channel, way.Address.Trim()))]))]);

    /// <summary>Earlier or later in the order.</summary>
    public void Move(PersonForm person, int by)
    {
        var at = People.IndexOf(person);
        if (at + by < 0 || at + by >= People.Count) return;
        People.RemoveAt(at);
        People.Insert(at + by, person);
    }

    /// <summary>A field as the desk names it, <c>people[1].ways</c>: whose and which.</summary>
    public static (int? Person, string Field) Place(string field) =>
        OfPerson().Match(field) is { Success: true } match ? (int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), match.Groups[2].Value) : (null, field);

    [GeneratedRegex(@"^people\[(\d+)\]\.?(.*)$")]
    private static partial Regex OfPerson();
}

public sealed class PersonForm
{
    public string Name { get; set; } = "";

    public string Language { get; set; } = "zh";

    public List<WayForm> Ways { get; } = [];
}

public sealed class WayForm
{
    public string? Channel { get; set; }

    public string Address { get; set; } = "";
}
