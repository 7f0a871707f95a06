using System.Text.Json;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Rules.Operations;

namespace Qingyuan.Platform.Operations.WorkOrders;

/// <summary>One work order. Open while <see cref="ClosedAt"/> is null.</summary>
internal sealed class WorkOrderRow
{
    public Guid Id { get; init; }

    /// <summary>Unique within <see cref="Day"/>, the day on the stations' wall clock.</summary>
    public required string Number { get; init; }

    public DateOnly Day { get; init; }

    public int StationNo { get; init; }

    public required string Kind { get; init; }

    /// <summary>As typed, or the Chinese sentence of <see cref="TitleCode"/>.</summary>
    public required string Title { get; init; }

    /// <summary>Empty for a typed title.</summary>
    public required string TitleCode { get; init; }

    /// <summary>JSON object of texts.</summary>
    public required string TitleArgs { get; init; }

    public WorkOrderState State { get; set; }

    /// <summary>The newest alarm it was opened for.</summary>
    public Guid? AlarmId { get; set; }

    public string? AlarmCause { get; init; }

    /// <summary>User name.</summary>
    public string? Technician { get; set; }

    public DateTimeOffset OpenedAt { get; init; }

    public required string OpenedBy { get; init; }

    public string? Cause { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Rises with each step: of two people acting at once one is told.</summary>
    public int Version { get; set; }

    public string Subject => "work-order:" + Id;
}

/// <summary>One step, never changed.</summary>
internal sealed class WorkOrderStepRow
{
    public Guid OrderId { get; init; }

    public int Seq { get; init; }

    public required string Act { get; init; }

    public WorkOrderState State { get; init; }

    public required string ActorId { get; init; }

    public required string ActorRole { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>JSON object of texts.</summary>
    public required string Fields { get; init; }

    public Guid LedgerEntryId { get; init; }

    public bool IsWork => Enum.TryParse<OrderAct>(Act, ignoreCase: true, out var act) && OrderRights.IsWork(act);
}

/// <summary>A due date on an order, and how far people were told of it.</summary>
internal sealed class WorkOrderClockRow
{
    public Guid OrderId { get; init; }

    public required string Name { get; init; }

    public required string Source { get; init; }

    public DateTimeOffset NearlyDueAt { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? StoppedAt { get; set; }

    public DateTimeOffset? NearlyDueSaidAt { get; set; }

    public DateTimeOffset? OverdueSaidAt { get; set; }
}

/// <summary>The last number given out on a day.</summary>
internal sealed class OrderDayRow
{
    public DateOnly Day { get; init; }

    public int Last { get; set; }
}

internal static class StoredTexts
{
    public static string Json(IReadOnlyDictionary<string, string> texts) => JsonSerializer.Serialize(texts);

    public static IReadOnlyDictionary<string, string> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
