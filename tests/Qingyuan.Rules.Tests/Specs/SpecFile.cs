namespace Qingyuan.Rules.Tests.Specs;

/// <summary>One line of a spec: the verb, its words, and named values (<c>name=value</c>).</summary>
public sealed record SpecLine(int Number, string Verb, IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Named)
{
    public string this[string name] => Named.TryGetValue(name, out var value) ? value : throw new FormatException($"line {Number}: {name}= is missing");

    public string? Find(string name) => Named.GetValueOrDefault(name);
}

/// <summary>A text file of examples: <c>rule CLASS</c>, then lines that load and lines that <c>expect</c>. <c>#</c> begins a comment.</summary>
public sealed record SpecFile(string Path, IReadOnlyList<string> Rules, IReadOnlyList<SpecLine> Lines)
{
    public static string Root => Repo.Path("tests/Qingyuan.Rules.Tests/Specs");

    public static IEnumerable<SpecFile> All() => Directory.EnumerateFiles(Root, "*.spec", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read);

    public static SpecFile Read(string path)
    {
        var lines = File.ReadLines(path).Select((text, at) => (Text: text.Split('#')[0].Trim(), Number: at + 1)).Where(line => line.Text.Length > 0).Select(Parse).ToArray();
        return new(System.IO.Path.GetRelativePath(Root, path), [.. lines.Where(line => line.Verb == "rule").SelectMany(line => line.Words)], [.. lines.Where(line => line.Verb != "rule")]);
    }

    private static SpecLine Parse((string Text, int Number) line)
    {
        var parts = line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var named = parts.Skip(1).Where(part => part.Contains('=')).Select(part => part.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new(line.Number, parts[0], [.. parts.Skip(1).Where(part => !part.Contains('='))], named);
    }
}
