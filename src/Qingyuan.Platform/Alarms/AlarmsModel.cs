using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms;

internal sealed class AlarmsModel : IModelPart
{
    public void Build(ModelBuilder model) => model.Entity<AlarmRow>(alarm =>
    {
        alarm.ToTable("alarm");
        alarm.HasKey(row => row.Id);
        alarm.Ignore(row => row.StationNo).Ignore(row => row.Subject).Ignore(row => row.Facts);
        alarm.Property(row => row.Cause).HasMaxLength(128);
        alarm.Property(row => row.Version).IsConcurrencyToken();

        // At most one open alarm per cause, whoever raises it and on whichever node.
        alarm.HasIndex(row => new { row.Station, row.Cause }).IsUnique().HasFilter("\"ClearedAt\" IS NULL").HasDatabaseName("ux_alarm_open_cause");

        // An episode is told by its beginning: replayed frames must find it again.
        alarm.HasIndex(row => new { row.Station, row.Cause, row.Since });
        alarm.HasIndex(row => row.ShelvedUntil).HasFilter("\"ShelvedUntil\" IS NOT NULL");
    });
}
