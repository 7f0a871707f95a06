using Qingyuan.Platform.RemoteControl.Contracts;

namespace Qingyuan.Platform.RemoteControl.Marks;

/// <summary>A draft mark. Its end may be set once more; everything else stays.</summary>
internal sealed class MarkRow
{
    public Guid Id { get; init; }

    public int StationNo { get; init; }

    /// <summary>Comma-separated codes.</summary>
    public required string Factors { get; init; }

    public required string Mark { get; init; }

    public DateTime From { get; init; }

    public DateTime? To { get; set; }

    public MarkSource Source { get; init; }

    public string? Operation { get; init; }

    public Guid? CommandId { get; init; }

    public required string ActorId { get; init; }

    public required string Note { get; set; }

    public DataMarkView ToView() => new(Id, StationNo, Factors.Split(',', StringSplitOptions.RemoveEmptyEntries), Mark, From, To, Source, Operation, CommandId, ActorId, Note);
}
