using System.Text.Json;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Rules.Alarms;

namespace Qingyuan.Platform.Alarms;

/// <summary>One alarm. Open while <see cref="ClearedAt"/> is null; the database admits one open row per station and cause.</summary>
internal sealed class AlarmRow
{
    /// <summary>Stands for "the platform itself": NULL would escape a unique index.</summary>
    public const int NoStation = 0;

    public Guid Id { get; init; }

    public int Station { get; init; }

    public AlarmKind Kind { get; init; }

    public required string Cause { get; init; }

    public AlarmSeverity Severity { get; set; }

    public AlarmState State { get; set; }

    public string? Factor { get; init; }

    public required string MessageCode { get; set; }

    /// <summary>JSON object of texts.</summary>
    public required string Args { get; set; }

    public required string Rule { get; init; }

    public string? Frame { get; set; }

    public DateTime Since { get; init; }

    public DateTime? Until { get; set; }

    public DateTimeOffset RaisedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; set; }

    public int Count { get; set; }

    public string? AcknowledgedBy { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    public DateTimeOffset? ShelvedUntil { get; set; }

    public DateTimeOffset? ClearedAt { get; set; }

    public string? ClearedBy { get; set; }

    public Guid? WorkOrderId { get; set; }

    /// <summary>Rises with each change: two people acting at once, and the second is told.</summary>
    public int Version { get; set; }

    public int? StationNo => Station == NoStation ? null : Station;

    public string Subject => "alarm:" + Id;

    public AlarmFacts Facts => new((AlarmPhase)State, Count, AcknowledgedAt is not null, ShelvedUntil);

    public void Apply(AlarmFacts facts)
    {
        State = (AlarmState)facts.Phase;
        Count = facts.Count;
        ShelvedUntil = facts.ShelvedUntil;
        Version++;
    }

    public AlarmView ToView() => new(
        Id, StationNo, Kind, Cause, Severity, State, Factor, MessageCode, Texts(Args), Rule, Frame, Since, RaisedAt, LastSeenAt, Count,
        AcknowledgedBy, AcknowledgedAt, ShelvedUntil, ClearedAt, ClearedBy, WorkOrderId, Until);

    public static string Json(IReadOnlyDictionary<string, string> texts) => JsonSerializer.Serialize(texts);

    public static IReadOnlyDictionary<string, string> Texts(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
