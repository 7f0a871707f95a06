using System.Text;
using System.Text.Json;
using Qingyuan.Platform.Tests.Backup;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Evidence;

/// <summary>The ledger verbs as scripts see them.</summary>
public class LedgerCommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restored_log_is_held_then_to_be_succeeded_and_refusals_are_sentences()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.SealedAsync(await house.RecordAsync("before"));
        var backup = await house.TakeAsync();
        await house.StopAsync();
        var target = Path.Combine(house.Root, "restored");
        Assert.True((await house.RestoreAsync(backup, target)).IsOk);

        Assert.Equal(("held", (string?)null), await StatusAsync(target));
        var (verified, said, _) = await RunAsync("verify", "--data", target);
        Assert.Equal(0, verified);
        Assert.Contains("HELD ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("FAIL", said, StringComparison.Ordinal);
        var (missing, _, reason) = await RunAsync("succeed", "--data", target, "--reason", " ");
        Assert.Equal(2, missing);
        Assert.Contains("ledger.reason-missing: Give a reason.", reason, StringComparison.Ordinal);

        var (succeeded, succession, _) = await RunAsync("succeed", "--data", target, "--reason", "disk lost");
        Assert.Equal(0, succeeded);
        Assert.Equal(("succeeding", (string?)succession.Trim().Split('\n')[^1].Split(' ')[0]), await StatusAsync(target));
        var (again, _, why) = await RunAsync("succeed", "--data", target, "--reason", "again");
        Assert.Equal(1, again);
        Assert.Contains("ledger.not-restored: The evidence log", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_alone_are_verified_as_that_and_a_directory_whose_data_moved_is_refused()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.SealedAsync(await house.RecordAsync("one"));
        await house.StopAsync();
        var alone = Path.Combine(house.Root, "alone");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(house.Data, "ledger"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(alone, Path.GetRelativePath(house.Data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var (whole, said, _) = await RunAsync("verify", "--data", house.Data);
        Assert.Equal(0, whole);
        Assert.DoesNotContain("files alone", said, StringComparison.Ordinal);
        var (files, of, _) = await RunAsync("verify", "--data", alone);
        Assert.Equal(0, files);
        Assert.Contains("files alone; no database compared", of, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(alone, "moved-to-postgresql.txt"), "2026-10-01", Ct);
        var (refused, nothing, why) = await RunAsync("verify", "--data", alone);
        Assert.Equal((2, ""), (refused, nothing.Trim()));
        Assert.Contains("--db", why, StringComparison.Ordinal);
    }

    private static async Task<(string State, string? Successor)> StatusAsync(string data)
    {
        var (exit, line, why) = await RunAsync("status", "--data", data);
        Assert.True(exit == 0, why);
        var status = JsonDocument.Parse(line).RootElement;
        return (status.GetProperty("state").GetString()!, status.GetProperty("successor").GetString());
    }

    private static async Task<(int Exit, string Said, string Error)> RunAsync(params string[] arguments)
    {
        var error = new StringBuilder();
        using var process = Served.Launch(["ledger", .. arguments], new Dictionary<string, string>());
        process.ErrorDataReceived += (_, line) => error.AppendLine(line.Data);
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, output, error.ToString());
    }
}
