using System.Text.Json;
using Qingyuan.Platform.RemoteControl.Contracts;

namespace Qingyuan.Platform.RemoteControl.Patrols;

/// <summary>One patrol. Open while <see cref="EndedAt"/> is null.</summary>
internal sealed class PatrolRow
{
    public Guid Id { get; init; }

    public int StationNo { get; init; }

    public required string AskedBy { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>JSON array of the readings' ids.</summary>
    public string Commands { get; set; } = "[]";

    /// <summary>JSON array of <see cref="PatrolItem"/>.</summary>
    public string Items { get; set; } = "[]";

    public Guid? LedgerEntryId { get; set; }

    public PatrolView ToView() => new(Id, StationNo, AskedBy, StartedAt, EndedAt, JsonSerializer.Deserialize<List<PatrolItem>>(Items) ?? [], LedgerEntryId);
}

/// <summary>A daily patrol.</summary>
internal sealed class PatrolPlanRow
{
    public int StationNo { get; init; }

    public TimeOnly DailyAt { get; set; }

    public required string SetBy { get; set; }
}
