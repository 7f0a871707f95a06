using System.CommandLine;
using Qingyuan.Host.Commands.Frames;
using Qingyuan.Hj212.Inspection;

namespace Qingyuan.Host.Commands;

/// <summary><c>encode</c>: the reverse of <c>decode</c>, a line of JSON to a frame with CR LF.</summary>
internal static class EncodeCommand
{
    public static Command Build()
    {
        var command = new Command("encode", "Reads one JSON object a line, as decode writes them, and writes HJ 212 frames; length and check value are computed.");
        command.SetAction(async (_, stop) =>
        {
            await using var output = Terminal.OpenStandardOutput();
            using var input = new StreamReader(Terminal.OpenStandardInput());
            await WriteAsync(input, output, stop);
            return Exit.Done;
        });
        return command;
    }

    internal static async Task WriteAsync(TextReader input, Stream output, CancellationToken stop)
    {
        for (var number = 1; await input.ReadLineAsync(stop) is { } line; number++)
        {
            if (line.AsSpan().Trim().IsEmpty) continue;
            await output.WriteAsync(Encode(line, number), stop);
        }
    }

    private static byte[] Encode(string line, int number)
    {
        try
        {
            return FrameEncoder.Encode(FrameJsonReader.Read(line));
        }
        catch (ArgumentException tooLong)
        {
            throw new WrongUseException($"line {number}: {tooLong.Message}");
        }
        catch (FormatException wrong)
        {
            throw new WrongUseException($"line {number}: {wrong.Message}");
        }
    }
}
