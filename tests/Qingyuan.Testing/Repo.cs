namespace Qingyuan.Testing;

/// <summary>Finds files of the repository from wherever a test runs.</summary>
public static class Repo
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find(string from)
    {
        for (var at = new DirectoryInfo(from); at is not null; at = at.Parent)
            if (File.Exists(System.IO.Path.Combine(at.FullName, "Qingyuan.slnx"))) return at.FullName;
        throw new DirectoryNotFoundException($"No Qingyuan.slnx above {from}.");
    }
}
