using System.Diagnostics.CodeAnalysis;

namespace Qingyuan.Rules.Kernel;

/// <summary>Either what was decided or why not. <c>default</c> is neither and throws when read.</summary>
/// <typeparam name="T">What a "yes" carries.</typeparam>
public readonly struct Result<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly Refusal? _refusal;

    internal Result(T? value, Refusal? refusal) => (_value, _refusal) = (value, refusal);

    /// <summary>True when the decision was "yes".</summary>
    public bool IsOk => _refusal is null && _value is not null;

    /// <summary>What was decided.</summary>
    /// <exception cref="InvalidOperationException">The decision was "no".</exception>
    public T Value => IsOk ? _value! : throw new InvalidOperationException($"Refused: {_refusal?.Code ?? "default result"}.");

    /// <summary>Why not.</summary>
    /// <exception cref="InvalidOperationException">The decision was "yes".</exception>
    public Refusal Refusal => _refusal ?? throw new InvalidOperationException("Not refused.");

    /// <summary>Takes the result apart; exactly one of the two is set.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (_value, _refusal);
        return IsOk;
    }

    /// <summary>A "yes".</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Implicit on purpose: a decision returns its value or its refusal.")]
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A "no".</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Implicit on purpose: a decision returns its value or its refusal.")]
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
