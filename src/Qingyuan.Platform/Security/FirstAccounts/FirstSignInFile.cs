using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Security.FirstAccounts;

/// <summary>The one-time passwords of the first start, one <c>NAME PASSWORD</c> a line, readable by the owner only. A line goes when its password was changed, the file with its last line.</summary>
internal sealed class FirstSignInFile(DataDirectory data)
{
    private readonly Lock _oneAtATime = new();

    /// <summary>On disk when this returns; an earlier line of the same name is replaced.</summary>
    public void Add(FirstAccount account)
    {
        lock (_oneAtATime)
            Write([.. LinesBut(account.Name), $"{account.Name} {account.Password}"]);
    }

    public void Used(string name)
    {
        lock (_oneAtATime)
        {
            var lines = Lines();
            var left = LinesBut(name);
            if (left.Length == lines.Length) return;
            if (left.Length > 0) Write(left);
            else File.Delete(data.FirstSignIn);
        }
    }

    private string[] Lines() => File.Exists(data.FirstSignIn) ? File.ReadAllLines(data.FirstSignIn) : [];

    private string[] LinesBut(string name) => [.. Lines().Where(line => !line.StartsWith(name + " ", StringComparison.OrdinalIgnoreCase))];

    // A new file beside the old one, then a rename: no moment shows half a file or another mode.
    private void Write(string[] lines)
    {
        var fresh = data.FirstSignIn + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(fresh, options))
        using (var writer = new StreamWriter(stream))
        {
            foreach (var line in lines) writer.WriteLine(line);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, data.FirstSignIn, overwrite: true);
    }
}
