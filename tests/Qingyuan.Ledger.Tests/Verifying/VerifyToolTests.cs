using System.Diagnostics;
using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Tests.Storage;
using Qingyuan.Ledger.Verifying;

namespace Qingyuan.Ledger.Tests.Verifying;

[Requirement("R-5.4.1-1b")]
public sealed class VerifyToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qingyuan-verify-").FullName;

    [Fact]
    public async Task Exits_0_for_a_good_bundle_1_for_a_bad_one_and_2_for_no_bundle()
    {
        var disk = new MemoryDisk();
        using var log = TestLog.Open(disk);
        log.Append(TestLog.Drafts(0, 5));
        log.Seal();
        var reader = new LogReader(disk);
        var good = ProofBundle.Create(reader, 2)!;
        var wrong = ProofBundle.Create(reader.Envelope(1, 5)!.Value, reader.Proof(Qingyuan.Ledger.Merkle.HashSuite.Sha256, 2)!, reader.Proof(Qingyuan.Ledger.Merkle.HashSuite.Sm3, 2)!, reader.Keys()!, WitnessPolicy.SingleParty(reader.Keys()!.Logs));

        var (code, output) = await RunAsync(Written("good.zip", good));
        Assert.Equal(0, code);
        Assert.Contains("single party", output, StringComparison.Ordinal);
        (code, output) = await RunAsync(Written("good.zip", good), "--keys", Written("keys.txt", System.Text.Encoding.UTF8.GetBytes(reader.Keys()!.ToString())));
        Assert.Equal(0, code);
        (code, output) = await RunAsync(Written("wrong.zip", wrong));
        Assert.Equal(1, code);
        Assert.Contains("path-sha256, path-sm3", output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(Written("text.zip", "no zip"u8.ToArray()))).Code);
        Assert.Equal(2, (await RunAsync(Path.Combine(_folder, "absent.zip"))).Code);
        Assert.Equal(2, (await RunAsync()).Code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Written(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "qingyuan-verify.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
