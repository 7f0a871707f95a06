namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>Reads frames from the store itself, without the index: slow and complete. For stores that nothing follows, such as a part of a backup.</summary>
public interface IFrameArchive
{
    /// <summary>Frames of <paramref name="mn"/> received in [<paramref name="from"/>, <paramref name="to"/>), in the order of the log. Damaged batches are passed over and reported.</summary>
    IEnumerable<StoredFrame> Of(string mn, DateTimeOffset from, DateTimeOffset to);
}
