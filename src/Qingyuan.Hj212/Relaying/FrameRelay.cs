using System.Text;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Security;
using Qingyuan.Hj212.Segments;
using Qingyuan.Hj212.Splitting;

namespace Qingyuan.Hj212.Relaying;

/// <summary>转发: an upload for a further host, rebuilt whole under another MN, PW or edition. The data area goes on byte for byte: no value, mark or code is touched.</summary>
/// <remarks>Patching a frame is what breaks length and check value; see the facts about forwarders. A code of 2005 keeps its name also towards a host of 2017: units of some metals differ between the two, so renaming would change what a value says.</remarks>
public static class FrameRelay
{
    /// <summary>The frames for the other host, in order: one, or several when the new header makes the segment longer than 1024 bytes.</summary>
    /// <param name="source">The upload as it came.</param>
    /// <param name="profile">How the other host wants it.</param>
    /// <param name="qn">QN of the first frame; an upload that came with one keeps it.</param>
    /// <param name="nextQn">QN of each further part.</param>
    /// <param name="resent">It is sent after an outage: RF=1 where the edition has it.</param>
    /// <returns>Null when one object alone is too long for a segment.</returns>
    public static IReadOnlyList<byte[]>? Rebuild(in SegmentHeader source, RelayProfile profile, string qn, Func<string> nextQn, bool resent)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var area = source.Area;
        var message = new Message(profile.Edition, source.Command, MessageRole.Upload, new RawArea(area.ToArray()))
        {
            // Uploads of 2005 have none.
            Qn = profile.Edition is Edition.V2005 ? null : qn, St = Encoding.ASCII.GetString(source.St), Pw = profile.Pw, Mn = profile.Mn, WantsReply = profile.WantsReply,
            Pnum = source.Pnum, Pno = source.Pno, Resent = resent || source.Rf is 1,
        };
        var frames = message.Pnum is null ? MessageSplitter.Split(message, nextQn) : [MessageWriter.ToBytes(message)];
        if (frames is not null && profile is { Edition: Edition.V2025, Cipher: { } cipher } && EncryptedSegment.Concerns(source.Command))
            foreach (var frame in frames) AreaCipher.EncryptFrame(cipher, frame);
        return frames;
    }
}
