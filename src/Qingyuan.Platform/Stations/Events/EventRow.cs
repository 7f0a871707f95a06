using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Events;

/// <summary>A change people want to hear of; kept 24 hours.</summary>
internal sealed class EventRow
{
    public long Seq { get; init; }

    public required string Kind { get; init; }

    public int? StationNo { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Data { get; init; }

    public LiveEvent ToEvent() => new(Seq, Kind, StationNo, At, Data);
}

internal sealed class EventModel : IModelPart
{
    public void Build(ModelBuilder model) => model.Entity<EventRow>(row =>
    {
        row.ToTable("live_event").HasKey(one => one.Seq);
        row.Property(one => one.Seq).ValueGeneratedOnAdd();
        row.HasIndex(one => one.At);
    });
}
