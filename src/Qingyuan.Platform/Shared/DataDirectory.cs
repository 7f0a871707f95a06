namespace Qingyuan.Platform.Shared;

/// <summary>Where an installation keeps its files. Folders are made when first asked for.</summary>
public sealed class DataDirectory(string root)
{
    /// <summary>Absolute path of the directory itself.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    public string Database => Path.Combine(Made(Root), "platform.db");

    public string Telemetry => Made(Path.Combine(Root, "telemetry"));

    public string Ledger => Made(Path.Combine(Root, "ledger"));

    public string Blobs => Made(Path.Combine(Root, "blobs"));

    public string Logs => Made(Path.Combine(Root, "logs"));

    /// <summary>Private keys; readable by the owner only.</summary>
    public string Keys => Private(Path.Combine(Root, "keys"));

    /// <summary>Data sets and answers of analysts, made anew when lost; readable by the owner only.</summary>
    public string Sql => Private(Path.Combine(Root, "sql"));

    /// <summary>What makers' devices understand beyond the standard; put there by hand, so not made.</summary>
    public string Adapters => Path.Combine(Root, "adapters");

    public string FirstSignIn => Path.Combine(Root, "first-sign-in.txt");

    public string Settings => Path.Combine(Root, "qingyuan.json");

    private static string Made(string path)
    {
        Directory.CreateDirectory(path);
        return path;
    }

    private static string Private(string path)
    {
        if (OperatingSystem.IsWindows()) return Made(path);
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
