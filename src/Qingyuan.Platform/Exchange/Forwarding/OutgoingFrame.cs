using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>A frame for a target.</summary>
/// <param name="Source">The frame it says again.</param>
/// <param name="ReceivedAt">When that came.</param>
/// <param name="Mn">MN at the target.</param>
/// <param name="Qn">What its 9014 will carry; empty for edition 2005.</param>
/// <param name="WantsReply">Whether there will be one.</param>
/// <param name="Bytes"><c>##</c> to CR LF.</param>
internal sealed record OutgoingFrame(FrameId Source, DateTimeOffset ReceivedAt, string Mn, string Qn, bool WantsReply, byte[] Bytes);

/// <summary>All that one frame of the log becomes for a target.</summary>
/// <param name="Command">CN; 0 when it does not concern the target.</param>
/// <param name="Frames">Empty when it does not concern the target.</param>
/// <param name="LeftOut">It does, and cannot be written for it.</param>
internal sealed record Outgoing(FrameId Source, DateTimeOffset ReceivedAt, int Command, IReadOnlyList<OutgoingFrame> Frames, bool LeftOut);
