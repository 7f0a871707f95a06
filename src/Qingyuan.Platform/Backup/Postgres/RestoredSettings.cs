using System.Globalization;

namespace Qingyuan.Platform.Backup.Postgres;

/// <summary>How a restored server runs. It is the copy of one that may still serve: it must not reach that one's archive, followers, publishers, ports or files.</summary>
/// <remarks>All of it stands on the command line: the directory brings along what <c>ALTER SYSTEM</c> ever set, which beats every settings file.</remarks>
internal static class RestoredSettings
{
    /// <summary>Only names the socket: nothing listens on it.</summary>
    public const int Port = 5432;

    private static readonly (string Name, string Value)[] Always =
    [
        ("listen_addresses", ""), ("port", Port.ToString(CultureInfo.InvariantCulture)), ("unix_socket_group", ""), ("unix_socket_permissions", "0777"), ("ssl", "off"),
        ("archive_mode", "off"), ("archive_command", ""), ("restore_command", ""), ("archive_cleanup_command", ""), ("recovery_end_command", ""),
        ("primary_conninfo", ""), ("primary_slot_name", ""), ("synchronous_standby_names", ""), ("max_logical_replication_workers", "0"),
        ("shared_preload_libraries", ""), ("session_preload_libraries", ""), ("local_preload_libraries", ""),
        ("logging_collector", "off"), ("log_destination", "stderr"), // its last words must be where we look
        ("shared_buffers", "128MB"), ("huge_pages", "try"), // the memory is that of the server it was copied from
    ];

    /// <summary>Writes the files it needs into the folder of its socket; gives the options for <c>pg_ctl -o</c>.</summary>
    public static async Task<string> WriteAsync(string socket, CancellationToken ct)
    {
        var (settings, access, names) = (Path.Combine(socket, "restored.conf"), Path.Combine(socket, "hba.conf"), Path.Combine(socket, "ident.conf"));
        await File.WriteAllTextAsync(settings, "", ct);
        await File.WriteAllTextAsync(access, "local all all trust\n", ct);
        await File.WriteAllTextAsync(names, "", ct);
        (string Name, string Value)[] own = [("config_file", settings), ("hba_file", access), ("ident_file", names), ("unix_socket_directories", socket), ("external_pid_file", Path.Combine(socket, "restored.pid"))];
        return string.Join(' ', own.Concat(Always).Select(setting => $"-c {setting.Name}={Quoted(setting.Value)}"));
    }

    // pg_ctl hands them to a shell.
    private static string Quoted(string value) => OperatingSystem.IsWindows() ? $"\"{value}\"" : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
