using System.Globalization;
using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Twins;

/// <summary>One turn of a twin while it runs: the state so far and the effects so far.</summary>
internal sealed class TwinTurn(TwinState state, TwinSettings settings, Moment now)
{
    private readonly List<TwinEffect> _effects = [];
    private TwinState _state = state;
    private FactorTracks.Changing? _factors;
    private Movement _moved = state.Moved;

    /// <summary>Whole. Frames of many factors use the members below, which do not put it together after each.</summary>
    public TwinState State
    {
        get
        {
            if (_factors is not null) _state = _state with { Factors = _factors.Done(), Moved = _moved };
            _factors = null;
            return _state;
        }
        set => (_state, _factors, _moved) = (value, null, value.Moved);
    }

    public TwinSettings Settings => settings;

    public Moment Now => now;

    public TwinOutcome Outcome => new(State, _effects);

    public void Add(TwinEffect effect) => _effects.Add(effect);

    /// <summary>No cause is present, so there is nothing to clear.</summary>
    public bool IsQuiet => _state.Causes.IsEmpty;

    public Movement Moved => _moved;

    public bool Has(string cause) => !IsQuiet && _state.Causes.ContainsKey(cause);

    /// <summary>The factor as it is so far.</summary>
    public FactorTrack Factor(string code) => _factors is null ? _state.Factor(code) : _factors[code];

    public void Store(string code, FactorTrack track) => (_factors ??= new(_state.Factors))[code] = track;

    /// <summary>The factor changed its text; said before its new state is stored.</summary>
    public void Moves(string code, DateTime at) => _moved = _moved.After(code, at);

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
