namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>How many values fall between one edge and the next; the last bar holds its upper edge too.</summary>
/// <param name="From">Included.</param>
/// <param name="To">Not included, but in the last bar.</param>
public readonly record struct Bar(double From, double To, int Count);
