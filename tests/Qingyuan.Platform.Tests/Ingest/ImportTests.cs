using System.Text;
using Qingyuan.Platform.Ingest.ImportFrames;

namespace Qingyuan.Platform.Tests.Ingest;

public sealed class ImportTests
{
    [Theory]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\r\nb", "a|b")]
    [InlineData("\n\r\na\n\n", "a")]
    [InlineData("", "")]
    public async Task An_archive_is_its_lines_each_closed_as_a_frame_is(string text, string lines) =>
        Assert.Equal(lines, string.Join('|', (await Lines(text)).Select(line => line[..^2])));

    [Fact]
    public async Task A_line_that_is_too_long_comes_once_and_the_next_one_is_whole()
    {
        var lines = await Lines(new string('x', 100_000) + "\nnext\n");
        Assert.Equal(2, lines.Count);
        Assert.True(lines[0].Length <= ArchiveLines.Longest + 2);
        Assert.Equal("next\r\n", lines[1]);
    }

    private static async Task<List<string>> Lines(string text)
    {
        var lines = new List<string>();
        await foreach (var line in ArchiveLines.ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)), CancellationToken.None)) lines.Add(Encoding.ASCII.GetString(line));
        return lines;
    }
}
