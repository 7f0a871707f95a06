using Qingyuan.Console;
using Qingyuan.Host.Commands;
using Qingyuan.Platform.Alarms;
using Qingyuan.Platform.Analysis;
using Qingyuan.Platform.Backup;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Diagnosis;
using Qingyuan.Platform.Evidence;
using Qingyuan.Platform.Exchange;
using Qingyuan.Platform.Ingest;
using Qingyuan.Platform.Operations;
using Qingyuan.Platform.RemoteControl;
using Qingyuan.Platform.Retention;
using Qingyuan.Platform.Security;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Nodes;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Validity;
using Scalar.AspNetCore;

namespace Qingyuan.Host.Serving;

/// <summary>The only composition root: what the platform is made of, one line a slice.</summary>
internal static class Composition
{
    /// <summary>Everything a verb or a server needs. Hosted services only run in a server.</summary>
    /// <exception cref="WrongUseException">The data are in a PostgreSQL and none is named.</exception>
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration, DataDirectory data, ServerSettings settings) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(data)
        .AddApi()
        .AddPersistence(DataPlace.Of(data, settings))
        .AddNodes()
        .AddBlobs(configuration)
        .AddSecurity(configuration)
        .AddEvidence(configuration)
        .AddTelemetry(configuration)
        .AddStations(configuration)
        .AddValidity(configuration)
        .AddAlarms(configuration)
        .AddOperations(configuration)
        .AddRemoteControl(configuration)
        .AddDiagnosis()
        .AddAnalysis(configuration)
        .AddRetention()
        .AddExchange(configuration)
        .AddIngest(configuration)
        .AddSingleton<IInstallations, Installations>().AddBackup(configuration)
        .AddConsole();

    /// <summary>What every request passes, outermost first.</summary>
    public static void UsePlatform(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseApiErrors();
        app.UseConsole();
        app.UseRouting();
        app.UseApiMisses();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.UseIdempotency();
    }

    public static void MapPlatform(this WebApplication app)
    {
        app.MapObservability();
        app.MapPublishedLog();
        app.MapSignIn();
        app.MapConsole();
        app.MapScalarApiReference("/api", (page, http) => page.DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().SortTagsAlphabetically().WithNonce(SecurityHeaders.Nonce(http)).WithTitle("Qingyuan API")).AllowAnonymous();
        app.MapApi()
            .MapSecurity().MapEvidence().MapTelemetry().MapStations().MapValidity().MapAlarms().MapOperations().MapRemoteControl().MapDiagnosis().MapExchange().MapIngest().MapBackup().MapAnalysis().MapRetention();
    }
}
