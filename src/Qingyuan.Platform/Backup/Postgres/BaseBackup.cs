using System.Security.Cryptography;
using Npgsql;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Backup.Postgres;

/// <summary>The whole server by its own <c>pg_basebackup</c>, with the write-ahead log it needs, straight into the vault.</summary>
internal static class BaseBackup
{
    /// <summary>Name in the manifest; restored as the server directory <c>postgres</c>.</summary>
    public const string FileName = "postgres/base.tar";

    /// <exception cref="IOException">The server refused, or the program is missing; its words are in the message.</exception>
    public static BackedUpFile Read(string connection, BlockVault vault, Pace pace, CancellationToken ct)
    {
        var server = new NpgsqlConnectionStringBuilder(connection);
        var start = PostgresPrograms.Client("pg_basebackup", server, "-D", "-", "-F", "tar", "-X", "fetch", "-c", "fast", "--manifest-checksums=SHA256");
        using var process = PostgresPrograms.Start("pg_basebackup", start);
        using var ending = ct.Register(() => process.Kill());
        var said = process.StandardError.ReadToEndAsync(ct);
        var file = Read(process.StandardOutput.BaseStream, vault, pace, ct);
        process.WaitForExit();
        ct.ThrowIfCancellationRequested();
        if (process.ExitCode is not 0) throw new IOException($"pg_basebackup: {said.GetAwaiter().GetResult().Trim().ReplaceLineEndings(" ")}");
        return file with { Server = new(server.Username ?? "", server.Database ?? server.Username ?? "") };
    }

    private static BackedUpFile Read(Stream tar, BlockVault vault, Pace pace, CancellationToken ct)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (blocks, length, buffer) = (new List<Block>(), 0L, new byte[BlockVault.BlockBytes]);
        for (var read = tar.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false); read > 0; read = tar.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false))
        {
            sha256.AppendData(buffer.AsSpan(0, read));
            blocks.Add(vault.Put(buffer.AsSpan(0, read)));
            length += read;
            pace.After(read, ct);
        }

        return new(FileName, length, Convert.ToHexStringLower(sha256.GetHashAndReset()), blocks);
    }
}
