using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Operations.WorkOrders;

internal sealed class WorkOrdersModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<WorkOrderRow>(order =>
        {
            order.ToTable("work_order");
            order.HasKey(row => row.Id);
            order.Ignore(row => row.Subject);
            order.Property(row => row.Number).HasMaxLength(32);
            order.Property(row => row.AlarmCause).HasMaxLength(128);
            order.Property(row => row.Technician).HasMaxLength(128);
            order.Property(row => row.Version).IsConcurrencyToken();
            order.HasIndex(row => new { row.Day, row.Number }).IsUnique();
            order.HasIndex(row => new { row.Technician, row.ClosedAt });

            // One open order per cause of a station: an alarm that comes back joins it.
            order.HasIndex(row => new { row.StationNo, row.AlarmCause }).IsUnique()
                .HasFilter("\"ClosedAt\" IS NULL AND \"AlarmCause\" IS NOT NULL").HasDatabaseName("ux_work_order_open_cause");
        });
        model.Entity<WorkOrderStepRow>(step =>
        {
            step.ToTable("work_order_step");
            step.HasKey(row => new { row.OrderId, row.Seq });
            step.Ignore(row => row.IsWork);
        });
        model.Entity<WorkOrderClockRow>(clock =>
        {
            clock.ToTable("work_order_clock");
            clock.HasKey(row => new { row.OrderId, row.Name });
            clock.Property(row => row.Name).HasMaxLength(32);
            clock.HasIndex(row => row.NearlyDueAt).HasFilter("\"StoppedAt\" IS NULL AND \"OverdueSaidAt\" IS NULL");
        });
        model.Entity<OrderDayRow>(day =>
        {
            day.ToTable("work_order_day");
            day.HasKey(row => row.Day);
        });
    }
}
