using System.ComponentModel.DataAnnotations;

namespace Qingyuan.Platform.Analysis.Sql;

/// <summary>Settings of SQL for analysts, section <c>Analysis:Sql</c>.</summary>
public sealed class SqlOptions
{
    public const string Section = "Analysis:Sql";

    /// <value>The program that runs statements. Default: <c>workbench/qingyuan-workbench</c> beside the platform's own.</value>
    public string? Program { get; init; }

    /// <value>A statement that runs longer is ended. 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(60);

    /// <value>Memory of the engine for one statement, MiB; what does not fit goes to disk. 512.</value>
    [Range(64, 1 << 20)]
    public int MemoryMiB { get; init; } = 512;

    /// <value>Disk for what does not fit into memory, MiB. 2,048.</value>
    [Range(0, 1 << 20)]
    public int TempMiB { get; init; } = 2048;

    /// <value>Threads of one statement. Default: half the processors.</value>
    [Range(1, 256)]
    public int? Threads { get; init; }

    /// <value>Statements that run at once; others wait for their turn as long as a statement may run. 2.</value>
    [Range(1, 64)]
    public int AtOnce { get; init; } = 2;

    /// <value>Rows of an answer. A million: what a spreadsheet holds.</value>
    [Range(1, 100_000_000)]
    public long MostRows { get; init; } = 1_000_000;

    /// <value>Size of an answer, MiB. 256.</value>
    [Range(1, 1 << 20)]
    public int MostMiB { get; init; } = 256;

    /// <value>How long data sets and answers are kept; a restart removes them too. A day.</value>
    [Range(typeof(TimeSpan), "00:01:00", "31.00:00:00")]
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(1);
}
