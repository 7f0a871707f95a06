using System.Globalization;
using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Twins;

/// <summary>One turn of a twin while it runs: the state so far and the effects so far.</summary>
internal sealed class TwinTurn(TwinState state, TwinSettings settings, Moment now)
{
    private readonly List<TwinEffect> _effects = [];

    public TwinState State { get; set; } = state;

    public TwinSettings Settings => settings;

    public Moment Now => now;

    public TwinOutcome Outcome => new(State, _effects);

    public void Add(TwinEffect effect) => _effects.Add(effect);

    public bool Has(string cause) => State.Causes.ContainsKey(cause);

    /// <summary>Raises when the cause is new; says it again only when <paramref name="repeat"/>.</summary>
    public void Raise(Trouble trouble, DateTime since, string? frame, bool repeat = false)
    {
        var known = State.Causes.TryGetValue(trouble.Cause, out var open);
        if (known && !repeat) return;
        if (!known) State = State with { Causes = State.Causes.SetItem(trouble.Cause, new(since, trouble.Factor)) };
        Send(trouble, active: true, known ? open!.Since : since, frame);
    }

    /// <summary>Says that the cause is gone, when it was present.</summary>
    public void Clear(Trouble trouble, DateTime at, string? frame)
    {
        if (!Has(trouble.Cause)) return;
        State = State with { Causes = State.Causes.Remove(trouble.Cause) };
        Send(trouble, active: false, at, frame);
    }

    /// <summary>Raises or clears.</summary>
    public void Set(bool present, Trouble trouble, DateTime at, string? frame)
    {
        if (present) Raise(trouble, at, frame);
        else Clear(trouble, at, frame);
    }

    public void Send(Trouble trouble, bool active, DateTime at, string? frame) => _effects.Add(new SignalEffect(new(
        trouble.Kind, trouble.Cause, trouble.Severity, active, at, trouble.Factor, trouble.Message, trouble.Arguments, trouble.Rule.ToString(), frame)));
}

/// <summary>A cause with all that a signal says of it but the moment.</summary>
internal sealed record Trouble(SignalKind Kind, string Cause, SignalSeverity Severity, string? Factor, string Message, RuleId Rule, params (string Name, object? Value)[] Args)
{
    public IReadOnlyDictionary<string, string> Arguments
    {
        get
        {
            var args = Args.Where(arg => arg.Value is not null)
                .ToDictionary(arg => arg.Name, arg => Convert.ToString(arg.Value, CultureInfo.InvariantCulture)!, StringComparer.Ordinal);
            if (Factor is not null) args.TryAdd("factor", Factor);
            return args;
        }
    }
}
