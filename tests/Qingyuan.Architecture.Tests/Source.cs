using System.Text.RegularExpressions;

namespace Qingyuan.Architecture.Tests;

/// <summary>The repository's own text, read once: what the architecture tests derive their lists from.</summary>
internal static partial class Source
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>All files with one of <paramref name="extensions"/> under <paramref name="folder"/>, build output left out.</summary>
    public static IReadOnlyList<SourceFile> Files(string folder, params string[] extensions) =>
        [.. Directory.EnumerateFiles(Repo.Path(folder), "*", SearchOption.AllDirectories)
            .Where(path => extensions.Contains(Path.GetExtension(path)) && !path.Split(Separators).Any(part => part is "bin" or "obj" or "artifacts"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(Path.GetRelativePath(Repo.Root, path).Replace('\\', '/'), File.ReadAllText(path)))];

    /// <summary>Project name to the names of the projects it references.</summary>
    public static IReadOnlyDictionary<string, string[]> ProjectReferences(string folder) =>
        Files(folder, ".csproj").ToDictionary(
            file => Path.GetFileNameWithoutExtension(file.Path),
            file => Reference().Matches(file.Text).Select(match => match.Groups[1].Value.Split('\\', '/')[^1].Replace(".csproj", "", StringComparison.Ordinal)).ToArray());

    /// <summary>Slices of the platform, by folder; never listed by hand.</summary>
    public static IReadOnlyList<string> Slices { get; } =
        [.. Directory.GetDirectories(Repo.Path("src/Qingyuan.Platform")).Select(path => Path.GetFileName(path)!)
            .Where(name => name is not ("bin" or "obj" or "Shared" or "Migrations" or "Properties")).Order(StringComparer.Ordinal)];

    /// <summary>The text without comments, so that prose never counts as use.</summary>
    public static string Code(string text) => Comment().Replace(text, "");

    [GeneratedRegex("""<ProjectReference Include="([^"]+)" """)]
    private static partial Regex Reference();

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();
}

/// <param name="Path">From the repository's root, with forward slashes.</param>
/// <param name="Text">Whole.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string Code => Source.Code(Text);
}
