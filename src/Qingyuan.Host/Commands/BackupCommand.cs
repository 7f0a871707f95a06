using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qingyuan.Host.Control;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Backup;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Host.Commands;

/// <summary><c>backup</c>: take, list, prove by a drill; bring back.</summary>
internal static class BackupCommand
{
    private static readonly Option<string?> Data = DataOptions.Data();
    private static readonly Option<string?> Database = DataOptions.Database();
    private static readonly Option<string?> Key = new("--key") { Description = "File with the key of backups (default: QINGYUAN_BACKUP_KEY_FILE, then the copy in ~/.config/qingyuan).", HelpName = "FILE" };

    public static Command Build() => new("backup", "Encrypted backups.") { Running("create", "Takes a backup, also beside a running platform; its path is the last line."), List(), Restore(), Running("drill", "Restores the newest backup into a scratch installation, checks it, prints one JSON line."), Extract() };

    private static Command Running(string verb, string description)
    {
        var to = To(required: false);
        var command = new Command(verb, description) { Data, Database, to };
        command.SetAction((parsed, ct) =>
        {
            var args = new JsonObject();
            if (parsed.GetValue(to) is { } folder) args["to"] = Path.GetFullPath(folder); // the server has another working directory
            return ControlClient.RunAsync(DataOptions.Said(parsed, Data, Database), new("backup " + verb, args), ct);
        });
        return command;
    }

    private static Command List()
    {
        var to = To(required: true);
        var command = new Command("list", "One JSON line for each backup in the folder, newest first. Needs no key.") { to };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(to)!;
            if (!Directory.Exists(folder)) throw new WrongUseException($"{folder}: no such folder");
            foreach (var info in BackupEndpoints.ListIn(folder)) Terminal.WriteLine(JsonSerializer.Serialize(info, ApiJson.Options));
            return Exit.Done;
        });
        return command;
    }

    private static Command Restore()
    {
        var path = new Argument<string>("PATH") { Description = "The .qybackup file." };
        var data = new Option<string>("--data") { Description = "New or empty directory.", HelpName = "NEWDIR", Required = true };
        var database = new Option<string?>("--db") { Description = "A PostgreSQL recovered by its own means to a moment after the backup; then only files come from the backup.", HelpName = "CONNECTION" };
        var command = new Command("restore", "Writes a backup into a new directory and readies it for a start. The evidence log then waits for 'ledger succeed'.") { path, data, database, Key };
        command.SetAction(async (parsed, ct) =>
        {
            await using var services = Services();
            var actor = Actor.Service("cli:" + Environment.UserName, "");
            var restored = await services.GetRequiredService<IRestoration>().RestoreAsync(parsed.GetValue(path)!, parsed.GetValue(data)!, parsed.GetValue(Key), parsed.GetValue(database), actor, ct);
            if (!restored.TryGet(out var report, out var refusal)) return Say(BackupVerbs.Refuse(services, refusal));
            foreach (var line in Told(report)) Terminal.WriteLine(line);
            Terminal.WriteLine(report.Directory);
            return Exit.Done;
        });
        return command;
    }

    /// <summary>What came back, and what is to be done next.</summary>
    private static IEnumerable<string> Told(RestorationReport report)
    {
        yield return $"restored {report.Files} files, {report.Bytes} bytes, as of {report.TakenAt.ToOffset(StationClock.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)}";
        var named = report.Database is { } database ? $" --db \"{database}\"" : "";
        if (report.ServerDirectory is { } server) yield return $"the database is a PostgreSQL server directory, {server}: look through its postgresql.auto.conf (archive, port, followers are those of the lost server), start a server on it, and name it to every verb:{named}";
        if (report.IsLedgerHeld) yield return $"the evidence log signs nothing until: qingyuan ledger succeed --data {report.Directory}{named} --reason \"...\"";
        if (report.NeedsNewKey) yield return $"the next backup makes a new key, {Path.Combine(report.Directory, "keys", "backup.key")}: put it away too, and keep the old one for the old backups";
    }

    private static Command Extract()
    {
        var path = new Argument<string>("PATH") { Description = "The .qybackup file." };
        var mn = new Option<string>("--mn") { Description = "Whose frames.", HelpName = "MN", Required = true };
        var month = new Option<string>("--month") { Description = "Month in which they were received, by the station's clock.", HelpName = "YYYY-MM", Required = true };
        var output = new Option<string>("--out") { Description = "New file, one frame a line, as import-frames takes it.", HelpName = "FILE", Required = true };
        var command = new Command("extract", "Takes one station's month of raw frames out of a backup; its number of frames and the file are the last line.") { path, mn, month, output, Key };
        command.SetAction(async (parsed, ct) =>
        {
            if (!DateTime.TryParseExact(parsed.GetValue(month), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)) throw new WrongUseException($"--month {parsed.GetValue(month)}: YYYY-MM");
            if (File.Exists(parsed.GetValue(output))) throw new WrongUseException($"--out {parsed.GetValue(output)}: exists");
            await using var services = Services();
            var extracted = await services.GetRequiredService<IFrameExtraction>().ExtractAsync(parsed.GetValue(path)!, parsed.GetValue(mn)!, start, parsed.GetValue(output)!, parsed.GetValue(Key), ct);
            if (!extracted.TryGet(out var extract, out var refusal)) return Say(BackupVerbs.Refuse(services, refusal));
            if (extract.Refused > 0) await Terminal.Error.WriteLineAsync($"qingyuan: {extract.Refused} frames that were refused when they came are left out");
            Terminal.WriteLine($"{extract.Frames} frames {extract.Path}");
            return Exit.Done;
        });
        return command;
    }

    /// <summary>What works without an installation.</summary>
    private static ServiceProvider Services() =>
        new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<IInstallations, Installations>().AddRestoration(Settings.Outside()).BuildServiceProvider();

    private static int Say(ControlAnswer answer)
    {
        Terminal.Error.WriteLine("qingyuan: " + answer.Error);
        return answer.Exit;
    }

    private static Option<string?> To(bool required) =>
        new("--to") { Description = required ? "Folder of backups." : "Folder of backups (default: Backup:To of the settings, else backups in the data directory).", HelpName = "FOLDER", Required = required };
}
