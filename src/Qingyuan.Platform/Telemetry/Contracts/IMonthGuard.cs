namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>Works on whole months one at a time, in whichever process or node: moving them to the cold tier, deleting them, copying all of them into a backup.</summary>
public interface IMonthGuard
{
    /// <summary>Dispose to let the next one in. Null while another is at it.</summary>
    IDisposable? TryEnter();
}
