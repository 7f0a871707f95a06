using System.Globalization;
using Qingyuan.Platform.Backup.Contracts;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>Technical lines of a drill, as they are kept, in the words of who reads.</summary>
public class FindingTextTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Theory]
    [InlineData("batch batch 12: 3 frames, 4 recorded", "报文批次 12：读到 3 帧，记录为 4 帧", "Frame batch 12 holds 3 frames, 4 were recorded")]
    [InlineData("batch batch 12: bad header", "报文批次 12 无法读取：bad header", "Frame batch 12 cannot be read: bad header")]
    [InlineData("chain batch 13: does not follow batch 12", "报文批次 13 与前一批次 12 不衔接", "Frame batch 13 does not follow batch 12")]
    [InlineData("chunk-frame batch 9: values name it, the log ends with 8", "有数据来自报文批次 9，而报文只到批次 8", "Values come from frame batch 9, but the frames end with batch 8")]
    [InlineData("cold 2024-01.parquet: Cold file 2024-01.parquet is not what was written.", "长期数据文件 2024-01.parquet 与写入时不一致", "Long-term data file 2024-01.parquet is not what was written")]
    [InlineData("blob abc: missing (photo, 7 bytes)", "上传的文件 abc 缺失（photo，7 字节）", "Uploaded file abc is missing (photo, 7 bytes)")]
    [InlineData("rows telemetry/x.db/alarm: 3, backed up 4", "表 telemetry/x.db/alarm 有 3 行，备份时有 4 行", "Table telemetry/x.db/alarm has 3 rows; 4 were backed up")]
    [InlineData("rows platform.db/alarm: -1, backed up 4", "表 platform.db/alarm 不存在，备份时有 4 行", "Table platform.db/alarm is gone; 4 rows were backed up")]
    [InlineData("ledger record: sealed entry unreadable", "存证日志中有一条无法读取", "An entry of the evidence log cannot be read")]
    [InlineData("ledger stream: org/a/b seq 7 does not continue 5", "存证来源 org/a/b 的序号 7 与前一条 5 不连续", "Source org/a/b goes on with number 7 after 5")]
    [InlineData("/backups/blocks/ab is missing", "/backups/blocks/ab 缺失", "/backups/blocks/ab is missing")]
    public void Is_said_in_both_languages(string line, string chinese, string english) =>
        Assert.Equal((chinese, english), (BackupTexts.Finding(line, Chinese), BackupTexts.Finding(line, English)));

    [Fact]
    public void What_an_exception_said_stays_as_it_stands() =>
        Assert.Equal("SQLite Error 11: 'malformed'.", BackupTexts.Finding("SQLite Error 11: 'malformed'.", Chinese));
}
