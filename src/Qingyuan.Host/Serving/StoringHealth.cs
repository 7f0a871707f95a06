using Microsoft.Extensions.Diagnostics.HealthChecks;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Ingest.Contracts;

namespace Qingyuan.Host.Serving;

/// <summary>Ready also means that frames can be kept: a full or read-only disk answers no logger.</summary>
internal sealed class FramesHealth(IIngestHealth ingest) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(ingest.Now.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());
}

/// <summary>While the evidence log stands still its records wait in the outbox: the platform serves, and somebody must look.</summary>
internal sealed class EvidenceLogHealth(IEvidenceHealth evidence) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(evidence.Now.Trouble is { } trouble ? HealthCheckResult.Degraded(trouble) : HealthCheckResult.Healthy());
}
