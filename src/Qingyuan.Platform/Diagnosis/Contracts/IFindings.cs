using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Diagnosis.Contracts;

public enum FindingKind
{
    /// <summary>A station gave two values for one moment.</summary>
    Contradiction,

    /// <summary>A fault that two independent observations support, such as a sampling leak.</summary>
    SuspectedFault,

    /// <summary>A value that does not move.</summary>
    StuckValue,

    /// <summary>A clock that is off.</summary>
    ClockSkew,

    /// <summary>A check, calibration or comparison that failed.</summary>
    QualityControlFailed,

    /// <summary>An analyser uses another parameter than filed.</summary>
    ParameterDiffers,

    /// <summary>A device marked calibration or maintenance, and nothing explains it.</summary>
    UnexplainedMark,

    /// <summary>A command whose end nobody knows: sent, and then silence.</summary>
    CommandWithoutTrace,
}

/// <summary>What does not fit together, with what shows it.</summary>
/// <param name="Id">The same finding has the same id, whenever it is asked for.</param>
/// <param name="Factors">Codes; empty when it is not about one.</param>
/// <param name="From">Wall clock of the station.</param>
/// <param name="To">Null while it lasts.</param>
/// <param name="AlarmId">The alarm that says it, null when none does.</param>
/// <param name="Frames">Ids of the frames that show it.</param>
/// <param name="Code">Of its sentence.</param>
public sealed record FindingView(
    string Id, FindingKind Kind, int StationNo, IReadOnlyList<string> Factors, DateTime From, DateTime? To, Guid? AlarmId, IReadOnlyList<string> Frames, string Code, IReadOnlyDictionary<string, string> Args);

/// <param name="From">Wall clock; findings that began in [From, To).</param>
public sealed record FindingQuery(DateTime From, DateTime To, int? StationNo = null, FindingKind? Kind = null, int Limit = 100, string? After = null);

/// <summary>Findings, gathered from where they are kept: values, alarms, commands.</summary>
public interface IFindings
{
    /// <summary>Newest first.</summary>
    Task<Page<FindingView>> ListAsync(FindingQuery query, IReadOnlySet<int>? scope, CancellationToken ct);
}
