namespace Qingyuan.Rules.Twins;

/// <summary>A moment by our clock, and what a correct station clock shows then.</summary>
public readonly record struct Moment(DateTimeOffset At, DateTime Wall);

/// <summary>One value as sent, under its 2017 code.</summary>
public readonly record struct TwinValue(string Factor, string Quantity, string Text, string? Flag, DateTime? SampleTime);

/// <summary>What one accepted frame means to the twin.</summary>
/// <param name="Frame">Its id.</param>
/// <param name="Received">When.</param>
/// <param name="Command">Command code.</param>
/// <param name="DataTime">Stamp of the data; null when the frame carries none.</param>
/// <param name="Built">The moment the logger built the frame; null when it says none.</param>
/// <param name="Values">Measured values.</param>
/// <param name="Fields">Everything else in wire order.</param>
public sealed record TwinReport(
    string Frame, Moment Received, string Command, DateTime? DataTime, DateTime? Built,
    IReadOnlyList<TwinValue> Values, IReadOnlyList<KeyValuePair<string, string>> Fields);
