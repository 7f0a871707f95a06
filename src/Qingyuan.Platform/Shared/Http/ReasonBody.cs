namespace Qingyuan.Platform.Shared.Http;

/// <summary>What a person says to something that is done only for a reason; missing or blank ones are refused by what does it.</summary>
public sealed record ReasonBody(string? Reason);
