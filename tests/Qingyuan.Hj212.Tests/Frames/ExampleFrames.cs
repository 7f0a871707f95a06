using System.Text;
using Qingyuan.Hj212.Catalogue;

namespace Qingyuan.Hj212.Tests.Frames;

/// <summary>The example frames of the three editions, one a line in the text files beside this one.</summary>
internal static class ExampleFrames
{
    public static IReadOnlyList<string> All { get; } = [.. Of("2017"), .. Of("2025"), .. Of("2005")];

    /// <summary>With the end each comes from, which the remark above it tells; replies that do not say may come from either.</summary>
    public static IEnumerable<(string Line, Sender Sender)> WithSenders =>
        from edition in new[] { "2017", "2025", "2005" }
        let lines = File.ReadAllLines(PathOf(edition))
        from at in Enumerable.Range(1, lines.Length - 1)
        where lines[at].StartsWith("##", StringComparison.Ordinal)
        select (lines[at], lines[at - 1].Contains("H>F", StringComparison.Ordinal) ? Sender.Host : Sender.Field);

    public static IEnumerable<string> Of(string edition) => File.ReadLines(PathOf(edition)).Where(line => line.StartsWith("##", StringComparison.Ordinal));

    public static byte[] Bytes(string line) => Encoding.UTF8.GetBytes(line + "\r\n");

    private static string PathOf(string edition) => Repo.Path("tests", "Qingyuan.Hj212.Tests", "Frames", edition + ".txt");
}
