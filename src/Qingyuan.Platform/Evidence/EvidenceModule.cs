using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Evidence.Digesting;
using Qingyuan.Platform.Evidence.Logging;
using Qingyuan.Platform.Evidence.Reading;
using Qingyuan.Platform.Evidence.Recording;
using Qingyuan.Platform.Evidence.Restored;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Evidence;

/// <summary>What the composition root knows of the slice.</summary>
public static class EvidenceModule
{
    public static IServiceCollection AddEvidence(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<EvidenceOptions>().Bind(configuration.GetSection(EvidenceOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new Organisation(configuration[Organisation.Setting] ?? Organisation.Unnamed));
        services.TryAddSingleton<ILedgerPlaces, NumberedPlaces>();
        services.TryAddSingleton<IEvidenceAlarm, Unalarmed>();
        services.TryAddSingleton<ILogDisk>(provider => new PhysicalDisk(provider.GetRequiredService<DataDirectory>().Ledger));
        return services
            .AddSingleton(LedgerTexts.All)
            .AddSingleton<IModelPart, EvidenceModel>()
            .AddSingleton<OutboxBell>()
            .AddSingleton<IElectronicLedger, ElectronicLedger>()
            .AddSingleton<Security.Contracts.ISecurityJournal, SecurityJournal>()
            .AddSingleton<ILedgerReader, LedgerReader>()
            .AddSingleton<SampleAuditor>().AddSingleton<ILedgerAudit, LedgerAuditor>()
            .AddSingleton<IRestoredLedger, RestoredLedger>()
            .AddLogging()
            .AddSingleton<FrameDigests>()
            .AddHostedService<FrameDigestService>()
            .AddSingleton<EvidenceKeys>()
            .AddSingleton<LogDrain>()
            .AddSingleton<LogWriter>()
            .AddSingleton<IEvidenceHealth>(provider => provider.GetRequiredService<LogWriter>())
            .AddHostedService(provider => provider.GetRequiredService<LogWriter>());
    }

    public static IEndpointRouteBuilder MapEvidence(this IEndpointRouteBuilder api)
    {
        EvidenceEndpoints.Map(api);
        return api;
    }

    /// <summary>What stands at the root, between organisations: <c>/ledger/v1/…</c>.</summary>
    public static IEndpointRouteBuilder MapPublishedLog(this IEndpointRouteBuilder root)
    {
        PublishedLogEndpoints.Map(root);
        return root;
    }
}
