using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Inspection;
using Qingyuan.Hj212.Segments;
using Qingyuan.Hj212.Tests.Frames;

namespace Qingyuan.Hj212.Tests.Framing;

/// <summary>Damage of known kinds, from fixed seeds. The check value detects like one of 8 bits, so what it lets through is stated and counted, not denied.</summary>
public class MutationTests
{
    [Fact]
    public void A_changed_byte_is_refused_noted_or_a_collision_of_the_check_value()
    {
        var (changed, collisions) = (0, 0);
        foreach (var line in ExampleFrames.All)
        {
            var frame = ExampleFrames.Bytes(line);
            for (var at = 0; at < frame.Length; at++)
                for (var bit = 0; bit < 8; bit++)
                {
                    frame[at] ^= (byte)(1 << bit);
                    changed++;
                    foreach (var one in FrameStream.Frames(FrameStream.Cut([frame]))) collisions += Verify(one, frame, at) ? 0 : 1;
                    frame[at] ^= (byte)(1 << bit);
                }
        }
        Assert.True(changed > 80_000);
        // A single changed bit never collides: each step of the register is one to one on the surviving byte.
        Assert.Equal(0, collisions);
    }

    [Fact]
    public void Tens_of_thousands_of_mutated_frames_are_read_to_the_end_and_the_frame_behind_them_is_found()
    {
        var random = new Random(20260101);
        var sentinel = ExampleFrames.Bytes(ExampleFrames.All[1]);
        var (accepted, refused) = (0, 0);
        for (var round = 0; round < 40_000; round++)
        {
            var mutated = Mutate(random, ExampleFrames.Bytes(ExampleFrames.All[random.Next(ExampleFrames.All.Count)]));
            byte[] bytes = [.. mutated, .. sentinel];
            var results = FrameStream.Cut([bytes]);
            accepted += results.Count(one => one.Status == FrameStatus.Complete);
            refused += results.Count(one => one.Status == FrameStatus.Rejected);
            Assert.Equal(Convert.ToHexString(sentinel), results[^1].Frame);
            foreach (var one in results) FrameDecoder.Decode(Convert.FromHexString(one.Frame));
        }
        Assert.True(accepted > 40_000 && refused > 10_000, $"{accepted} accepted, {refused} refused");
    }

    [Fact]
    public void Areas_of_any_bytes_give_some_items_and_no_exception() =>
        Gen.OneOf(Gen.Byte.Array[0, 200], Gen.String[Gen.Char["/=;,-&aF #"], 0, 60].Select(Encoding.UTF8.GetBytes)).Sample(area =>
        {
            foreach (var item in new DataAreaReader(area)) Assert.True(item.Name.Length + item.Value.Length > 0);
            FactorValues.Read(area, new List<FactorValue>());
        }, iter: 20_000);

    /// <summary>Accepted as it stands, its check value is right for its own segment; accepted otherwise, a note says how.</summary>
    private static bool Verify(FrameStream.Result one, byte[] sent, int at)
    {
        if (one.Notes != FrameNotes.None) return true;
        var insideSegment = at >= 6 && at < sent.Length - 6;
        return !insideSegment;
    }

    private static byte[] Mutate(Random random, byte[] frame)
    {
        var bytes = frame.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at - 1)); break;
                case 2: bytes.Insert(at, (byte)random.Next(256)); break;
                default: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 20), bytes.Count - at))); break;
            }
        }
        return [.. bytes];
    }
}
