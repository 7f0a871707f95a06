using System.Buffers;
using System.Text;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Hj212.Tests.Frames;

namespace Qingyuan.Hj212.Tests.Package;

public class ReadmeTests
{
    [Fact]
    public void Every_example_of_the_readme_is_code_that_compiles()
    {
        var readme = File.ReadAllText(Repo.Path("src", "Qingyuan.Hj212", "README.md"));
        var code = Squeezed(File.ReadAllText(Repo.Path("tests", "Qingyuan.Hj212.Tests", "Package", "ReadmeExamples.cs")));
        var examples = readme.Split("```csharp")[1..].Select(part => Squeezed(part[..part.IndexOf("```", StringComparison.Ordinal)])).ToArray();
        Assert.Equal(3, examples.Length);
        Assert.All(examples, example => Assert.Contains(example, code, StringComparison.Ordinal));
    }

    [Fact]
    public void And_does_what_it_says()
    {
        var upload = ExampleFrames.Bytes(ExampleFrames.All.First(line => line.Contains("w01018-EFlag", StringComparison.Ordinal)));
        var (values, output) = (new List<(string, string)>(), new ArrayBufferWriter<byte>());
        ReadmeExamples.Intake(upload, values, output);
        Assert.Equal([("w01001", "7.1"), ("w01018", "2.2")], values);
        Assert.Contains("CN=9014", Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);

        var example = ExampleFrames.All.First(line => line.Contains("CP=&&SystemTime", StringComparison.Ordinal));
        output.ResetWrittenCount();
        var clock = ReadmeExamples.Typed(new(2016, 8, 1, 8, 58, 57, 223), Encoding.UTF8.GetBytes(example[6..^4]), output);
        Assert.Equal(example + "\r\n", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(new Clock(null, new(2016, 8, 1, 8, 58, 57)), clock);

        var log = new StringWriter();
        ReadmeExamples.Explain(upload, log);
        Assert.Contains("化学需氧量，实时值：2.2 mg/L", log.ToString(), StringComparison.Ordinal);
    }

    private static string Squeezed(string code) => string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
