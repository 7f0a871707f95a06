namespace Qingyuan.Platform.Evidence.Contracts;

/// <summary>How the log writer is doing.</summary>
/// <param name="Sealed">Entries under a signed checkpoint.</param>
/// <param name="Waiting">Records that are not logged yet, as of the last round.</param>
/// <param name="SealedAt">Time of the last seal by this process, null before the first.</param>
/// <param name="Trouble">Null while it works; otherwise what is wrong.</param>
public sealed record EvidenceHealth(long Sealed, int Waiting, DateTimeOffset? SealedAt, string? Trouble);

public interface IEvidenceHealth
{
    EvidenceHealth Now { get; }
}
