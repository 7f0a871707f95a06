using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>A question somebody kept.</summary>
/// <param name="Query">Its query string.</param>
/// <param name="Shared">Everybody who may read business data sees it; the stations in it stay limited to each reader's own.</param>
public sealed record AnalysisView(Guid Id, string Name, string Query, string Owner, bool Shared, DateTimeOffset ChangedAt);

/// <summary>Kept questions.</summary>
public interface IAnalysisViews
{
    /// <summary>The person's own and the shared ones, by name.</summary>
    Task<IReadOnlyList<AnalysisView>> ListAsync(Actor actor, CancellationToken ct);

    /// <summary>Keeps it under that name; the same name of the same person is changed.</summary>
    /// <returns>Refusals: <c>analysis.name-invalid</c>, <c>analysis.query-invalid</c> (too long), <c>analysis.too-many-views</c> (most), <c>request.field-invalid</c> when the question cannot be read.</returns>
    Task<Result<AnalysisView>> PutAsync(string name, string query, bool shared, Actor actor, CancellationToken ct);

    /// <summary>Removes one of the person's own.</summary>
    /// <returns>False when there is none of that name.</returns>
    Task<bool> RemoveAsync(string name, Actor actor, CancellationToken ct);

    /// <summary>The shared ones of all persons, by name: for who manages the platform.</summary>
    Task<IReadOnlyList<AnalysisView>> SharedAsync(CancellationToken ct);

    /// <summary>Removes a shared one, whoever's it is; a ledger entry says so. The caller has asked for <see cref="Policies.ManageSystem"/>.</summary>
    /// <returns>False when there is no such shared one.</returns>
    Task<bool> RemoveSharedAsync(Guid id, Actor actor, CancellationToken ct);
}
