using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Contracts;

/// <summary>One parameter of one analyser: what is filed, and what the device says.</summary>
/// <param name="Factor">The analyser by what it measures; empty when it is about no single one.</param>
/// <param name="Code">Such as <c>i13008</c>.</param>
/// <param name="Filed">Null when nobody filed it.</param>
/// <param name="Actual">As read or uploaded last; null when never.</param>
/// <param name="FiledBy">Who filed the value, null when nobody.</param>
/// <param name="FiledAt">When.</param>
public sealed record StationParameter(int StationNo, string Factor, string Code, string? Filed, string? Actual, ParameterVerdict Verdict, string? FiledBy, DateTimeOffset? FiledAt);

/// <summary>备案参数: filed parameters beside actual ones. Nothing here writes to a device.</summary>
public interface IStationParameters
{
    /// <summary>Filed ones and told ones of a station, by factor and code.</summary>
    Task<IReadOnlyList<StationParameter>> ListAsync(int stationNo, CancellationToken ct);

    /// <summary>Files a value; null withdraws it. Refuses <c>parameter.field-invalid</c>, <c>parameter.note-missing</c> and <c>command.not-yours</c>.</summary>
    Task<Result<StationParameter>> FileAsync(int stationNo, string factor, string code, string? value, string note, Actor actor, CancellationToken ct);
}
