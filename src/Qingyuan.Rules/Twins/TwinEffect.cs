using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Diagnosis;

namespace Qingyuan.Rules.Twins;

/// <summary>What the shell must do after a turn, in order.</summary>
public abstract record TwinEffect;

/// <summary>Tell the alarm desk.</summary>
public sealed record SignalEffect(Signal Signal) : TwinEffect;

/// <summary>Judge this hour now, then give the result back with <see cref="Twin.HourJudged"/>.</summary>
/// <param name="Start">First moment, wall clock.</param>
public sealed record HourDue(DateTime Start) : TwinEffect;

/// <summary>Judge this day now, then give the result back with <see cref="Twin.DayJudged"/>.</summary>
/// <param name="Start">Midnight, wall clock.</param>
public sealed record DayDue(DateTime Start) : TwinEffect;

/// <summary>A change that belongs into the electronic ledger.</summary>
/// <param name="Kind">Such as <c>station.link</c>, <c>device.state</c>, <c>qc.check</c>, <c>mark.open</c>, <c>mark.close</c>.</param>
/// <param name="At">Station wall clock.</param>
/// <param name="Device">Device or factor; null when the station itself.</param>
/// <param name="Fields">The record, as text.</param>
/// <param name="Frame">The frame that said so; null when none did.</param>
public sealed record StateChange(string Kind, DateTime At, string? Device, IReadOnlyDictionary<string, string> Fields, string? Frame) : TwinEffect;

/// <summary>A finding to store.</summary>
public sealed record FindingEffect(Finding Finding) : TwinEffect;
