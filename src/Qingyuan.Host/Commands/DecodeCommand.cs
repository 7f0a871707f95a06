using System.CommandLine;
using Qingyuan.Host.Commands.Frames;

namespace Qingyuan.Host.Commands;

/// <summary><c>decode</c>: frames on standard input, one JSON object a frame on standard output.</summary>
internal static class DecodeCommand
{
    private static readonly Option<bool> Strict = new("--strict") { Description = "Refuse what the standard does not allow." };
    private static readonly Option<bool> Explain = new("--explain") { Description = "Tell every piece of the frames in words, with clause and fault, instead of JSON." };

    public static Command Build()
    {
        var command = new Command("decode", "Reads HJ 212 frames on standard input (one a line or a raw byte stream) and writes one JSON object a frame.") { Strict, Explain };
        command.SetAction(async (parsed, stop) =>
        {
            await using var input = Terminal.OpenStandardInput();
            await using var output = Terminal.OpenStandardOutput();
            if (parsed.GetValue(Explain)) await FrameStory.WriteAsync(input, output, stop);
            else await FrameListing.WriteAsync(input, output, parsed.GetValue(Strict), stop);
            return Exit.Done;
        });
        return command;
    }
}
