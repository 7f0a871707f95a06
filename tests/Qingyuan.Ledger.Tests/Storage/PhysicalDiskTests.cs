using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;

namespace Qingyuan.Ledger.Tests.Storage;

public sealed class PhysicalDiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qingyuan-log-").FullName;

    [Fact]
    public void A_log_on_a_real_disk_is_written_reopened_and_verified()
    {
        var disk = new PhysicalDisk(_folder);
        for (var round = 0; round < 3; round++)
        {
            using var log = TestLog.Open(disk);
            log.Append(TestLog.Drafts(round * 100, 100));
            log.Seal();
        }

        var report = LogVerifier.Run(new PhysicalDisk(_folder));
        Assert.True(report.Ok, string.Join('\n', report.Findings));
        Assert.Equal(300, report.Size);
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_lock_file_keeps_a_second_writer_out()
    {
        using var log = TestLog.Open(new PhysicalDisk(_folder));
        Assert.Equal(LogTrouble.InUse, Assert.Throws<LogException>(() => TestLog.Open(new PhysicalDisk(_folder))).Trouble);
    }

    [Fact]
    public void Reads_what_is_not_there_as_nothing()
    {
        var disk = new PhysicalDisk(Path.Combine(_folder, "absent"));
        Assert.Null(disk.Read("a/b"));
        Assert.Equal(0, disk.Length("a/b"));
        Assert.Empty(disk.List("a"));
        disk.Delete("a/b");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
