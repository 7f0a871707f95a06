namespace Qingyuan.Rules.Kernel;

/// <summary>Where a rule comes from: document, clause, and how sure we are of it.</summary>
/// <param name="document">Such as <c>HJ 75-2017</c>.</param>
/// <param name="clause">Its number as printed there.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class ClauseAttribute(string document, string clause) : Attribute
{
    /// <summary>Such as <c>HJ 75-2017</c>.</summary>
    public string Document { get; } = document;

    /// <summary>Clause number as printed in the document.</summary>
    public string Clause { get; } = clause;

    /// <summary>CONFIRMED (may be a constant), SINGLE or FROM-MEMORY (is a parameter).</summary>
    public string Certainty { get; init; } = "CONFIRMED";
}
