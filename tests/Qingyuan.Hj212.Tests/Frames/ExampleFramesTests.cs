using System.Buffers;
using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Tests.Frames;

public class ExampleFramesTests
{
    [Fact]
    public void There_are_77_of_them() => Assert.Equal(77, ExampleFrames.All.Count);

    [Fact]
    public void Each_is_cut_whole_and_without_a_note()
    {
        foreach (var line in ExampleFrames.All)
        {
            var buffer = new ReadOnlySequence<byte>(ExampleFrames.Bytes(line));
            Assert.Equal(FrameStatus.Complete, FrameCutter.TryCut(ref buffer, out var cut));
            Assert.True(buffer.IsEmpty);
            Assert.Equal(FrameNotes.None, cut.Notes);
            Assert.Equal(line, Encoding.UTF8.GetString(cut.Frame.ToArray()).TrimEnd());
        }
    }

    [Theory]
    [InlineData("2005", Edition.V2005)]
    [InlineData("2017", Edition.V2017)]
    [InlineData("2025", Edition.V2025)]
    public void Each_tells_its_edition_and_its_command(string file, Edition edition)
    {
        foreach (var line in ExampleFrames.Of(file))
        {
            var segment = Encoding.UTF8.GetBytes(line[6..^4]);
            Assert.True(SegmentHeader.TryParse(segment, out var header, out _));
            Assert.Equal(edition, header.Edition);
            Assert.Contains($"CN={header.Command}", line, StringComparison.Ordinal);
            Assert.Equal(HeaderNotes.None, header.Notes);
        }
    }
}
