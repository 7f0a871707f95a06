using System.Buffers;
using System.Text;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Tests.Frames;

namespace Qingyuan.Hj212.Tests.Messages;

/// <summary>Times differ by machine, allocations do not.</summary>
public class EncodeAllocationTests
{
    [Fact]
    public void Writing_a_message_into_a_reused_buffer_allocates_nothing()
    {
        var messages = ExampleFrames.WithSenders.Select(example => MessageReader.Read(Encoding.UTF8.GetBytes(example.Line[6..^4]), example.Sender).Message!).ToArray();
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        Write(messages, output);
        Write(messages, output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Write(messages, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(output.WrittenCount > 77 * 80);
    }

    private static void Write(Message[] messages, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        foreach (var message in messages) MessageWriter.Write(message, output);
    }
}
