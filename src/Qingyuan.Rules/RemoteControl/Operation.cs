namespace Qingyuan.Rules.RemoteControl;

/// <summary>What an operation does to the measuring.</summary>
public enum OperationEffect
{
    /// <summary>Asks only.</summary>
    Read,

    /// <summary>Keeps a sample (留样).</summary>
    Retain,

    /// <summary>Measures once more; the result is kept whatever it is.</summary>
    Measure,

    /// <summary>Takes the analyser or logger away from measuring for a while: calibration, check, cleaning, blow-back, restart, clock.</summary>
    Disturb,

    /// <summary>Changes how often is measured or reported.</summary>
    Setting,
}

/// <summary>At which stations there is an operation.</summary>
public enum OperationMedium
{
    /// <summary>Water and gas.</summary>
    Both,

    /// <summary>水污染源.</summary>
    Water,

    /// <summary>固定污染源废气.</summary>
    Gas,
}

/// <summary>A remote operation by its name. What is written to the wire for it depends on edition and device.</summary>
/// <param name="Code">Stable name, such as <c>zero-calibration</c>.</param>
/// <param name="Medium">Where there is such an operation.</param>
/// <param name="Effect">What it does to the measuring.</param>
/// <param name="Parameters">Names of what must be given with it; a trailing <c>?</c> marks what may be left out.</param>
public sealed record Operation(string Code, OperationMedium Medium, OperationEffect Effect, params string[] Parameters)
{
    /// <summary>Needs an open work order or a second person's release.</summary>
    public bool IsDangerous { get; init; }

    /// <summary>Letter of the draft mark on the data meanwhile: C calibration, M maintenance, D fault; null for none.</summary>
    public string? Mark { get; init; }

    /// <summary>Impossible while a value is near or over its limit: it would turn an exceedance into a calibration.</summary>
    public bool IsForbiddenNearLimit => Effect is OperationEffect.Disturb or OperationEffect.Setting;

    /// <summary>Two of one device never run at once; reading may go on beside anything.</summary>
    public bool IsExclusive => Effect is not OperationEffect.Read;
}
