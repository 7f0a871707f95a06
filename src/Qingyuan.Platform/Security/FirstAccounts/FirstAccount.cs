namespace Qingyuan.Platform.Security.FirstAccounts;

/// <summary>An account made by the first start, with the password that is shown once.</summary>
public sealed record FirstAccount(string Name, string Password);
