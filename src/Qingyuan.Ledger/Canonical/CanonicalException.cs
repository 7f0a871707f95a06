namespace Qingyuan.Ledger.Canonical;

/// <summary>A document that its writer built cannot be canonical: a bug of the writer, not of a stranger.</summary>
/// <param name="fault">Which rule it breaks.</param>
/// <param name="where">Path of the member, such as <c>body.readings[2]</c>.</param>
public sealed class CanonicalException(CanonicalFault fault, string where) : ArgumentException($"Not canonical: {fault} at '{where}'.")
{
    /// <summary>Which rule it breaks.</summary>
    public CanonicalFault Fault { get; } = fault;

    /// <summary>Path of the member.</summary>
    public string Where { get; } = where;
}
