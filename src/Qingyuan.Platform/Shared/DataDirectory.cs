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

    /// <summary>There when the installation's data went to a PostgreSQL; says when.</summary>
    public string Moved => Path.Combine(Root, "moved-to-postgresql.txt");

    /// <summary>What lay here before that.</summary>
    public string BeforeMove => Path.Combine(Root, "before-postgresql");

    /// <summary>There when the installation's data are in a PostgreSQL and not here.</summary>
    public string OnServer => Path.Combine(Root, "on-postgresql.txt");

    public string Settings => Path.Combine(Root, "qingyuan.json");

    /// <summary>Notes that the installation's data are in a PostgreSQL, so that a start that names none is no second beginning.</summary>
    public void NoteServer()
    {
        if (!File.Exists(OnServer)) File.WriteAllText(OnServer, "The data of this installation are in a PostgreSQL, named by --db. 本平台的数据在 PostgreSQL 中，由 --db 指定。\n");
    }

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
