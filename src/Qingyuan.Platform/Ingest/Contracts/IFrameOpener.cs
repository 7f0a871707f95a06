using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Contracts;

/// <summary>Stored frames as they are read: what came encrypted is opened with its station's keys. The log keeps what came.</summary>
public interface IFrameOpener
{
    /// <summary>The frame with a plain area; the same one when it came plain, or when no key fits any more.</summary>
    StoredFrame Open(StoredFrame frame);
}
