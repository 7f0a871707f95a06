namespace Qingyuan.Platform.Ingest.Listening;

/// <summary>How many connections may be open, and how fast new ones may come.</summary>
/// <param name="Connections">In all.</param>
/// <param name="PerAddress">Of one address.</param>
/// <param name="Burst">An address may open so many at once; refilled by <paramref name="PerSecond"/>.</param>
public sealed record AcceptLimits(int Connections, int PerAddress, int Burst, int PerSecond);
