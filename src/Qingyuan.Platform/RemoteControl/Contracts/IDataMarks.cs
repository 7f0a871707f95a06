using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.RemoteControl.Contracts;

/// <summary>Where a mark comes from.</summary>
public enum MarkSource
{
    /// <summary>From a command's own trace.</summary>
    Automatic,

    /// <summary>Set by a person.</summary>
    Manual,
}

/// <summary>数据标记, a draft: the discharger files it. It never touches a value or the flag a logger sent.</summary>
/// <param name="Factors">Codes it concerns; only those that the operation affects.</param>
/// <param name="Mark">C calibration, M maintenance, D fault.</param>
/// <param name="From">Wall clock of the station.</param>
/// <param name="To">Wall clock; null while it runs.</param>
/// <param name="Command">The command it belongs to.</param>
public sealed record DataMarkView(
    Guid Id, int StationNo, IReadOnlyList<string> Factors, string Mark, DateTime From, DateTime? To, MarkSource Source, string? Operation, Guid? Command, string ActorId, string Note);

/// <summary>Marks around what is done at a station, set by itself or by hand.</summary>
public interface IDataMarks
{
    /// <summary>Those that touch the time, oldest first.</summary>
    Task<IReadOnlyList<DataMarkView>> ListAsync(int stationNo, DateTime from, DateTime to, CancellationToken ct);

    /// <summary>Sets one by hand. Refuses <c>mark.field-invalid</c> and <c>mark.note-missing</c>.</summary>
    Task<Result<DataMarkView>> SetAsync(int stationNo, IReadOnlyList<string> factors, string mark, DateTime from, DateTime? to, string note, Actor actor, CancellationToken ct);

    /// <summary>Ends one that runs; also an automatic one that a person must make longer or shorter.</summary>
    Task<Result<DataMarkView>> EndAsync(int stationNo, Guid id, DateTime to, string note, Actor actor, CancellationToken ct);
}
