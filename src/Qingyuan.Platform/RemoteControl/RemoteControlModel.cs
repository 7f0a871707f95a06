using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.RemoteControl.Automatic;
using Qingyuan.Platform.RemoteControl.Commands;
using Qingyuan.Platform.RemoteControl.Marks;
using Qingyuan.Platform.RemoteControl.Parameters;
using Qingyuan.Platform.RemoteControl.Patrols;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.RemoteControl;

internal sealed class RemoteControlModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<CommandRow>(command =>
        {
            command.ToTable("remote_command");
            command.HasKey(row => row.Id);
            command.Ignore(row => row.Subject);
            command.Property(row => row.Operation).HasMaxLength(64);
            command.Property(row => row.Slot).HasMaxLength(64);
            command.Property(row => row.Qn).HasMaxLength(32);
            command.Property(row => row.Version).IsConcurrencyToken();
            command.HasIndex(row => new { row.StationNo, row.Id });
            command.HasIndex(row => new { row.StationNo, row.Qn });
            command.HasIndex(row => row.State).HasFilter("\"EndedAt\" IS NULL").HasDatabaseName("ix_remote_command_open");

            command.Property(row => row.Cause).HasMaxLength(128);
            command.HasIndex(row => new { row.StationNo, row.Cause }).IsUnique().HasFilter("\"Cause\" IS NOT NULL").HasDatabaseName("ux_remote_command_cause");

            // One at a time per device.
            command.HasIndex(row => new { row.StationNo, row.Slot }).IsUnique().HasFilter("\"Slot\" IS NOT NULL").HasDatabaseName("ux_remote_command_slot");
        });
        model.Entity<CommandStepRow>(step =>
        {
            step.ToTable("remote_command_step");
            step.HasKey(row => new { row.CommandId, row.Seq });
            step.Property(row => row.FrameId).HasMaxLength(64);
        });
        model.Entity<AuthorisationRow>(given =>
        {
            given.ToTable("remote_authorisation");
            given.HasKey(row => row.Id);
            given.Property(row => row.Rule).HasMaxLength(64);
            given.Property(row => row.Operation).HasMaxLength(64);
            given.HasIndex(row => row.StationNo);
        });
        model.Entity<FiledParameterRow>(filed =>
        {
            filed.ToTable("filed_parameter");
            filed.HasKey(row => new { row.StationNo, row.Factor, row.Code });
            filed.Property(row => row.Factor).HasMaxLength(16);
            filed.Property(row => row.Code).HasMaxLength(16);
            filed.Property(row => row.Value).HasMaxLength(64);
        });
        model.Entity<PatrolRow>(patrol =>
        {
            patrol.ToTable("remote_patrol");
            patrol.HasKey(row => row.Id);
            patrol.HasIndex(row => new { row.StationNo, row.Id });

            // One at a time per station.
            patrol.HasIndex(row => row.StationNo).IsUnique().HasFilter("\"EndedAt\" IS NULL").HasDatabaseName("ux_remote_patrol_open");
        });
        model.Entity<PatrolPlanRow>(plan =>
        {
            plan.ToTable("remote_patrol_plan");
            plan.HasKey(row => row.StationNo);
            plan.Property(row => row.StationNo).ValueGeneratedNever();
        });
        model.Entity<MarkRow>(mark =>
        {
            mark.ToTable("data_mark");
            mark.HasKey(row => row.Id);
            mark.Property(row => row.Mark).HasMaxLength(4);
            mark.Property(row => row.Operation).HasMaxLength(64);
            mark.HasIndex(row => new { row.StationNo, row.From });
            mark.HasIndex(row => row.CommandId);
        });
    }
}
