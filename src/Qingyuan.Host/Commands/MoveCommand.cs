using System.CommandLine;
using Qingyuan.Host.Control;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Backup;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Security;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Host.Commands;

/// <summary><c>move</c>: from the files of one machine to a PostgreSQL, which several can share.</summary>
internal static class MoveCommand
{
    public static Command Build()
    {
        var data = new Option<string>("--data") { Description = "Data directory of an installation on files; stop it first.", HelpName = "DIR", Required = true };
        var database = new Option<string>("--db") { Description = "PostgreSQL connection string of an empty database.", HelpName = "CONNECTION", Required = true };
        var command = new Command("move", "Copies everything from the data directory's files to a PostgreSQL, checks the copy, and puts the files aside. Serve with --db from then on.") { data, database };
        command.SetAction(async (parsed, ct) =>
        {
            if (!Directory.Exists(parsed.GetValue(data))) throw new WrongUseException($"--data {parsed.GetValue(data)}: no such directory");
            var directory = new DataDirectory(parsed.GetValue(data)!);
            using var held = DirectoryLock.Take(directory);
            await RequireKeyAsync(directory, ct);
            await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<IInstallations, Installations>().AddMove().BuildServiceProvider();
            var moved = await services.GetRequiredService<IInstallationMove>().RunAsync(directory.Root, parsed.GetValue(database)!, Actor.Service("cli:" + Environment.UserName, ""), ct);
            if (!moved.TryGet(out var report, out var refusal))
            {
                await Terminal.Error.WriteLineAsync("qingyuan: " + services.Refuse(refusal).Error);
                return Exit.No;
            }

            Terminal.WriteLine($"moved {report.Rows} rows of {report.Tables} tables, {report.Frames} frames in {report.Batches} batches, {report.Chunks} chunks of values, {report.Results} computed results");
            Terminal.WriteLine($"checked every batch and chunk by its hash, and {report.Entries} entries of the evidence log");
            Terminal.WriteLine($"the files as they were: {report.Before}");
            return Exit.Done;
        });
        return command;
    }

    /// <summary>Whoever forgets to name the key learns it here, and not when the files are put aside.</summary>
    private static async Task RequireKeyAsync(DataDirectory directory, CancellationToken ct)
    {
        if (!File.Exists(directory.Database) || File.Exists(directory.Moved) || Directory.Exists(directory.BeforeMove)) return; // nothing to open, or refused with its reason
        await using var installation = await new Installations().OpenAsync(directory.Root, null, ct);
        await installation.Services.RequireSecretsKeyAsync(ct);
    }
}
