namespace Qingyuan.Platform.Shared;

/// <summary>One page of a list; <paramref name="Next"/> goes back as <c>after=</c>, null on the last page.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
