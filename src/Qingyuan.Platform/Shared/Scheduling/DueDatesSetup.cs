using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Shared.Persistence;
using Quartz;

namespace Qingyuan.Platform.Shared.Scheduling;

/// <summary>Registers the system job that scans due dates.</summary>
/// <remarks>With SQLite the schedule lives in memory: nothing is lost with it, because the dates are rows and a scan is idempotent. With PostgreSQL it lives there, and of all processes on it one scans at a time, also when one that hung wakes beside its follower.</remarks>
public static class DueDatesSetup
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>A scheduler that says nothing for twice as long is taken as ended, and what it held is free.</summary>
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(3);

    /// <summary>Adds <typeparamref name="TScan"/>, and the job itself the first time.</summary>
    /// <param name="services">With the persistence, if the schedule is to live in PostgreSQL.</param>
    /// <param name="every">10 s when null.</param>
    public static IServiceCollection AddDueScan<TScan>(this IServiceCollection services, TimeSpan? every = null)
        where TScan : class, IDueScan
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(IDueScan)))
        {
            services.AddQuartz(quartz =>
            {
                quartz.ScheduleJob<DueDatesJob>(trigger => trigger.WithIdentity("due-dates").WithSimpleSchedule(every ?? Every));
                if (Persistence(services)?.PostgresConnection is { } connection) quartz.UsePersistentStore(store => Share(store, connection));
            });
            services.AddQuartzHostedService<DueDatesScheduler>(options => options.WaitForJobsToComplete = true);
        }

        return services.AddSingleton<IDueScan, TScan>();
    }

    private static PersistenceOptions? Persistence(IServiceCollection services) =>
        services.LastOrDefault(service => service.ServiceType == typeof(PersistenceOptions))?.ImplementationInstance as PersistenceOptions;

    // Its tables are its own: it makes them when they are missing, and knows what they are.
    private static void Share(IPersistentStoreBuilder store, string connection) => store
        .UsePostgres(connection)
        .UseSystemTextJsonSerializer()
        .ProvisionSchema()
        .UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (CheckIn, CheckIn))
        .ConfigureStore(options => options.DbRetryInterval = TimeSpan.FromSeconds(2));
}
