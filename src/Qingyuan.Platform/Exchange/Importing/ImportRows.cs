using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Exchange.Files;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>One import. Never deleted.</summary>
internal sealed class ImportRow
{
    public long No { get; init; }

    public Guid Id { get; init; }

    public ImportKind Kind { get; init; }

    public ImportState State { get; set; }

    public required string FileName { get; init; }

    public long Length { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Kind and SHA-256 while the import lives: the same file is not taken twice. Null once dropped or undone, and once a file of frames came again of which some were refused.</summary>
    public string? LiveKey { get; set; }

    public int Rows { get; set; }

    public int Good { get; set; }

    public int Wrong { get; set; }

    public int Repeated { get; set; }

    public int Contradicting { get; set; }

    /// <summary>Headings, one a line.</summary>
    public string Ignored { get; init; } = "";

    /// <summary>JSON of the first good rows.</summary>
    public string Preview { get; init; } = "[]";

    public required string By { get; init; }

    public DateTimeOffset At { get; init; }

    public string? ConfirmedBy { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    public string? EndedBy { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? Reason { get; set; }
}

/// <summary>A file as uploaded with an earlier release, until <see cref="EarlierFiles"/> has made it a blob. Written no more.</summary>
internal sealed class ImportFileRow
{
    public required string Sha256 { get; init; }

    public required byte[] Content { get; init; }
}

/// <summary>What was said of one row when the file was looked through.</summary>
internal sealed class ImportNoteRow
{
    public long ImportNo { get; init; }

    public int Seq { get; init; }

    public int Row { get; init; }

    public string? Column { get; init; }

    public RowRemark Remark { get; init; }

    public required string Code { get; init; }

    /// <summary>JSON array of texts.</summary>
    public required string Args { get; init; }
}

/// <summary>A value out of a file. Counts while its import is confirmed.</summary>
internal abstract class ImportedRow
{
    public long ImportNo { get; set; }

    /// <summary>Row of the file.</summary>
    public int Row { get; init; }

    public int StationNo { get; init; }

    public required string Factor { get; init; }

    /// <summary>Wall clock, whole seconds.</summary>
    public DateTime At { get; init; }

    /// <summary>As typed.</summary>
    public required string Value { get; init; }

    public string? Unit { get; init; }

    /// <summary>What beside station, factor and time makes it another value.</summary>
    public virtual Resolution? PeriodOrNone => null;
}

internal sealed class LaboratoryRow : ImportedRow
{
    public string? Method { get; init; }

    public string? Laboratory { get; init; }

    public string? SampleNumber { get; init; }

    public string? Remark { get; init; }
}

internal sealed class HistoryRow : ImportedRow
{
    public Resolution Period { get; init; }

    public string? Flag { get; init; }

    public override Resolution? PeriodOrNone => Period;
}
