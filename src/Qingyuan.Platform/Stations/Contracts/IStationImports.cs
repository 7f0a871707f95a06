using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>A table of stations that was filed.</summary>
/// <param name="Rows">Of the file.</param>
/// <param name="Filed">Stations that came from it.</param>
/// <param name="InUse">Of these, still in use.</param>
/// <param name="FiledBy">Actor id.</param>
/// <param name="UndoneAt">When it was undone last; null when it never was.</param>
public sealed record StationImportView(Guid Id, string FileName, string Sha256, int Rows, int Filed, int InUse, string FiledBy, DateTimeOffset FiledAt, DateTimeOffset? UndoneAt, string? UndoneBecause);

/// <summary>What became of one station when its import was undone.</summary>
/// <param name="Kept">Why it stays in use; null when it went.</param>
public sealed record StationUndone(string Mn, string Name, Refusal? Kept);

/// <summary>An import after it was undone, with what became of each station that was in use.</summary>
public sealed record StationImportUndone(StationImportView Import, IReadOnlyList<StationUndone> Stations);

/// <summary>The tables of stations that were filed, and how to take one back.</summary>
public interface IStationImports
{
    /// <summary>The newest ones, newest first.</summary>
    Task<IReadOnlyList<StationImportView>> ListAsync(CancellationToken ct);

    /// <summary>Takes the import's stations out of use of which nothing is kept: no frame came, no value was imported. The others stay in use and are taken out by themselves, on purpose; what is left can be undone later.</summary>
    /// <returns>Refusals: <c>station-import.not-found</c>, <c>station-import.nothing-left</c>, <c>station.reason-missing</c>, <c>station.reason-invalid</c>. Why a station stays: <c>station.heard</c>, or what <see cref="IStationRetirement"/> refuses.</returns>
    Task<Result<StationImportUndone>> UndoAsync(Guid id, string? reason, Actor actor, CancellationToken ct);

    /// <summary>Why a station stays in use, in the reader's language.</summary>
    string? Why(StationUndone station);
}
