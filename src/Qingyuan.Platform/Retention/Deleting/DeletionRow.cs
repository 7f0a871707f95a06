using System.Text.Json;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Retention.Deleting;

/// <summary>A deletion and how far it came. Never removed: it explains the gap.</summary>
internal sealed class DeletionRow
{
    public Guid Id { get; init; }

    public DataClass Class { get; init; }

    /// <summary>Years times twelve plus month.</summary>
    public int FromMonth { get; init; }

    public int ToMonth { get; init; }

    public required string Reason { get; init; }

    public DeletionState State { get; set; }

    public required string RequestedBy { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public DateTimeOffset? DoneAt { get; set; }

    public string? Why { get; set; }

    /// <summary>The months as JSON: what was shown, and what stood for each before it went.</summary>
    public required string Months { get; set; }

    public IReadOnlyList<DeletionMonth> MonthList
    {
        get => JsonSerializer.Deserialize<IReadOnlyList<DeletionMonth>>(Months, JsonSerializerOptions.Web)!;
        set => Months = JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
    }

    public Deletion ToDeletion() => new(
        Id, Class, MonthName.Of(FromMonth), MonthName.Of(ToMonth), Reason, State, RequestedBy, RequestedAt, RequestedAt + IDeletions.Patience, DecidedBy, DecidedAt, DoneAt, Why, MonthList);
}

/// <summary>A legal hold.</summary>
internal sealed class HoldRow
{
    public Guid Id { get; init; }

    public DataClass Class { get; init; }

    public int FromMonth { get; init; }

    public int ToMonth { get; init; }

    public required string Reason { get; init; }

    public required string SetBy { get; init; }

    public DateTimeOffset SetAt { get; init; }

    public string? LiftedBy { get; set; }

    public DateTimeOffset? LiftedAt { get; set; }

    public string? LiftReason { get; set; }

    public Hold ToHold() => new(Id, Class, MonthName.Of(FromMonth), MonthName.Of(ToMonth), Reason, SetBy, SetAt, LiftedBy, LiftedAt, LiftReason);
}
