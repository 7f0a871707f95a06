using System.Text.Json;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>The verbs as scripts see them: exit codes and last lines.</summary>
public class BackupCommandTests
{
    [Fact]
    public async Task Create_list_drill_restore_succeed_from_the_command_line()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.StoreAsync(0, 20);
        await house.StopAsync();

        var (created, path, _) = await RunAsync(house, "backup", "create", "--data", house.Data, "--to", house.Vault);
        var (listed, line, _) = await RunAsync(house, "backup", "list", "--to", house.Vault);
        var (drilled, report, _) = await RunAsync(house, "backup", "drill", "--data", house.Data, "--to", house.Vault);
        var target = Path.Combine(house.Root, "restored");
        var (restored, last, _) = await RunAsync(house, "backup", "restore", path, "--data", target);
        var (refused, _, why) = await RunAsync(house, "backup", "restore", path, "--data", target);
        var (succeeded, _, _) = await RunAsync(house, "ledger", "succeed", "--data", target, "--reason", "moved");

        Assert.Equal((0, 0, 0, 0, 1, 0), (created, listed, drilled, restored, refused, succeeded));
        Assert.Equal(path, JsonDocument.Parse(line).RootElement.GetProperty("path").GetString());
        Assert.Equal(target, last);
        Assert.Contains("not-empty", why, StringComparison.Ordinal);
        var drill = JsonDocument.Parse(report).RootElement;
        Assert.Equal((20, true), (drill.GetProperty("framesChecked").GetInt32(), drill.GetProperty("ok").GetBoolean()));
        foreach (var member in (string[])["rtoSeconds", "rpoSeconds", "proofsChecked"]) Assert.Equal(JsonValueKind.Number, drill.GetProperty(member).ValueKind);
    }

    [Fact]
    public async Task One_station_s_month_comes_out_of_a_backup_as_frames_that_can_be_imported()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.StoreAsync(0, 20);
        var backup = await house.TakeAsync();
        var month = Platform.Shared.StationClock.Wall(TimeProvider.System.GetUtcNow()).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        var output = Path.Combine(house.Root, "frames.txt");

        var (exit, line, _) = await RunAsync(house, "backup", "extract", backup.Path, "--mn", "BACKUP0001", "--month", month, "--out", output);
        var (none, _, nothing) = await RunAsync(house, "backup", "extract", backup.Path, "--mn", "OTHER", "--month", month, "--out", output + "2");
        var (wrong, _, why) = await RunAsync(house, "backup", "extract", backup.Path, "--mn", "OTHER", "--month", "2026", "--out", output + "3");

        Assert.Equal((0, $"20 frames {output}"), (exit, line));
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"##frame {number}"), await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken));
        Assert.Equal(1, none);
        Assert.Contains("no frames of OTHER", nothing, StringComparison.Ordinal);
        Assert.False(File.Exists(output + "2")); // in the way of the next try
        Assert.Equal(2, wrong);
        Assert.Contains("--month", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_or_a_key_that_is_not_there_is_said_and_nothing_takes_its_place()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.StoreAsync(0, 1);
        var backup = await house.TakeAsync();
        var nowhere = Path.Combine(house.Root, "daat");

        foreach (var verb in (string[])["create", "drill"])
        {
            var (exit, _, why) = await RunAsync(house, "backup", verb, "--data", nowhere, "--to", house.Vault);
            Assert.Equal(2, exit);
            Assert.Contains(nowhere, why, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(nowhere));
        var (restored, _, key) = await RunAsync(house, "backup", "restore", backup.Path, "--data", Path.Combine(house.Root, "restored"), "--key", Path.Combine(house.Root, "safe.key"));
        Assert.Equal(1, restored);
        Assert.Contains("safe.key: no such file", key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restored_server_is_named_in_what_is_to_be_done_next_and_no_environment_leads_to_another()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var original = await postgres.NewDatabaseAsync();
        await using var house = await BackupHouse.StartAsync(original);
        await house.SealedAsync(await house.RecordAsync("something"));
        var backup = await house.TakeAsync();
        await house.StopAsync();
        var elsewhere = new Dictionary<string, string>(house.Environment) { ["PGPORT"] = "1", ["PGHOST"] = "/nowhere", ["PGDATA"] = "/nowhere" };

        var (drilled, _, _, failure) = await SaidAsync(elsewhere, "backup", "drill", "--data", house.Data, "--db", original, "--to", house.Vault);
        var (restored, lines, _, why) = await SaidAsync(elsewhere, "backup", "restore", backup.Path, "--data", Path.Combine(house.Root, "restored"));

        Assert.True(drilled is 0, failure);
        Assert.True(restored is 0, why);
        Assert.Contains("+08:00", lines[0], StringComparison.Ordinal);
        var succeed = Assert.Single(lines, line => line.Contains("ledger succeed", StringComparison.Ordinal));
        Assert.Contains($"--db \"Host=...;Username=postgres;Database={new Npgsql.NpgsqlConnectionStringBuilder(original).Database}\"", succeed, StringComparison.Ordinal);
        Assert.Single(lines, line => line.Contains(Path.Combine("keys", "backup.key"), StringComparison.Ordinal));
    }

    private static async Task<(int Exit, string Last, string Error)> RunAsync(BackupHouse house, params string[] arguments)
    {
        var (exit, _, last, error) = await SaidAsync(house.Environment, arguments);
        return (exit, last, error);
    }

    private static async Task<(int Exit, string[] Lines, string Last, string Error)> SaidAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var error = new System.Text.StringBuilder();
        using var process = Served.Launch(arguments, environment, line => error.AppendLine(line));
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var lines = output.Trim().Split('\n');
        return (process.ExitCode, lines, lines[^1].Trim(), error.ToString());
    }
}
