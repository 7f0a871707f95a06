namespace Qingyuan.Rules.Kernel;

/// <summary>A business "no": expected, shown to the person, never thrown.</summary>
/// <param name="Code">Stable dotted code, such as <c>work-order.cause-missing</c>; also the <c>type</c> of the problem document.</param>
/// <param name="Args">What the sentence names. The sentence itself is a resource, per language.</param>
public record Refusal(string Code, params object[] Args);
