using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms.Notifications;

internal sealed class NotificationsModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<NoticeRow>(notice =>
        {
            notice.ToTable("notice");
            notice.HasKey(row => row.Id);
            notice.Property(row => row.Subject).HasMaxLength(128);
            notice.Property(row => row.Code).HasMaxLength(128);
            notice.Property(row => row.Version).IsConcurrencyToken();
            notice.HasIndex(row => new { row.Subject, row.Code }).IsUnique().HasFilter("\"EndedAt\" IS NULL").HasDatabaseName("ux_notice_open_subject");
            notice.HasIndex(row => row.NextAt).HasFilter("\"NextAt\" IS NOT NULL");
        });
        model.Entity<MessageRow>(message =>
        {
            message.ToTable("notification");
            message.HasKey(row => row.Id);
            message.HasIndex(row => row.NoticeId);
            message.HasIndex(row => new { row.State, row.DueAt });
        });
        model.Entity<ChannelRow>(channel =>
        {
            channel.ToTable("notification_channel");
            channel.HasKey(row => row.Id);
            channel.Property(row => row.Name).HasMaxLength(64);
            channel.HasIndex(row => row.Name).IsUnique();
        });
        model.Entity<OnCallRow>(plan =>
        {
            plan.ToTable("on_call");
            plan.HasKey(row => row.Id);
            plan.Property(row => row.Id).ValueGeneratedNever();
        });
    }
}
