using System.Text;

namespace Qingyuan.Hj212.Tests.Frames;

/// <summary>The example frames of the three editions, one a line in the text files beside this one.</summary>
internal static class ExampleFrames
{
    public static IReadOnlyList<string> All { get; } = [.. Of("2017"), .. Of("2025"), .. Of("2005")];

    public static IEnumerable<string> Of(string edition) =>
        File.ReadLines(Repo.Path("tests", "Qingyuan.Hj212.Tests", "Frames", edition + ".txt")).Where(line => line.StartsWith("##", StringComparison.Ordinal));

    public static byte[] Bytes(string line) => Encoding.UTF8.GetBytes(line + "\r\n");
}
