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
        var (none, nothing, _) = await RunAsync(house, "backup", "extract", backup.Path, "--mn", "OTHER", "--month", month, "--out", output + "2");
        var (wrong, _, why) = await RunAsync(house, "backup", "extract", backup.Path, "--mn", "OTHER", "--month", "2026", "--out", output + "3");

        Assert.Equal((0, $"20 frames {output}"), (exit, line));
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"##frame {number}"), await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken));
        Assert.Equal((0, $"0 frames {output}2"), (none, nothing));
        Assert.Equal(2, wrong);
        Assert.Contains("--month", why, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Last, string Error)> RunAsync(BackupHouse house, params string[] arguments)
    {
        var error = new System.Text.StringBuilder();
        using var process = Served.Launch(arguments, house.Environment);
        process.ErrorDataReceived += (_, line) => error.AppendLine(line.Data);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.Trim().Split('\n')[^1].Trim(), error.ToString());
    }
}
