using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Qingyuan.Platform.Shared.Scheduling;

/// <summary>Registers the system job that scans due dates.</summary>
/// <remarks>The schedule lives in memory: nothing is lost with it, because the dates are rows and a scan is idempotent. A cluster moves it to Quartz' clustered store, so that one node scans.</remarks>
public static class DueDatesSetup
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>Adds <typeparamref name="TScan"/>, and the job itself the first time.</summary>
    public static IServiceCollection AddDueScan<TScan>(this IServiceCollection services)
        where TScan : class, IDueScan
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(IDueScan)))
        {
            services.AddQuartz(quartz => quartz.ScheduleJob<DueDatesJob>(trigger => trigger.WithIdentity("due-dates").WithSimpleSchedule(Every)));
            services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        }

        return services.AddSingleton<IDueScan, TScan>();
    }
}
