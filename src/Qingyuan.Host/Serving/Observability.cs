using System.Net;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Host.Serving;

/// <summary>Health and metrics at the root: free from loopback, from elsewhere for the system administrator. Traces, and the same metrics, to a collector when one is named.</summary>
internal static class Observability
{
    private const string Policy = "local-or-system-admin";

    public static IServiceCollection AddObservability(this IServiceCollection services, ServerSettings settings)
    {
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database").AddCheck<FramesHealth>("frames").AddCheck<EvidenceLogHealth>("evidence");
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("qingyuan", serviceVersion: ProductVersion.Text)).WithMetrics(metrics => metrics
            .AddMeter("System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans", "Qingyuan.*")
            .AddView(Stream)
            .AddPrometheusExporter());
        if (settings.Otlp is { } collector) telemetry.AddCollector(new(collector), settings.OtlpShare);
        services.AddHostedService<OperationsMetrics>();
        return services.AddAuthorization(options => options.AddPolicy(Policy, policy => policy.RequireAssertion(context =>
            context.Resource is HttpContext http && (IsLocal(http) || context.User.IsInRole(Roles.SystemAdmin)))));
    }

    // Room for the combinations of tags is taken at the start, for each instrument; the default of 2,000 costs 30 MB that nothing here fills.
    private static MetricStreamConfiguration Stream(System.Diagnostics.Metrics.Instrument instrument) =>
        new() { CardinalityLimit = instrument.Name is "http.server.request.duration" ? 1000 : 100 };

    public static void MapObservability(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).RequireAuthorization(Policy);
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).RequireAuthorization(Policy);
        routes.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(Policy);
    }

    // A forwarded request comes from elsewhere, whatever its last hop was.
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !http.Request.Headers.ContainsKey("X-Forwarded-For");

    private static Task WriteAsync(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status.ToString().ToLowerInvariant(),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = entry.Value.Status.ToString().ToLowerInvariant(), why = entry.Value.Description }),
        },
        http.RequestAborted);
}
