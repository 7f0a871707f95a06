using System.Globalization;
using System.Reflection;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Cold;

/// <summary>Names and columns of the cold files. They are read by other programs: docs/operations/cold-files.md describes them, and what stands there stays.</summary>
internal static class ColdFormat
{
    public const string Current = "qingyuan-cold 1";
    public const string FormatKey = "qingyuan.format";

    /// <summary>Where each row group begins and ends, so that a reader opens only those that it needs.</summary>
    public const string GroupsKey = "qingyuan.groups";

    /// <summary>Rows of one group; storage design, section 6.</summary>
    public const int GroupRows = 144_000;

    private const string At = "sampled_at";
    private const string Received = "received_at";
    private const string SampleTime = "sample_time";

    public static ParquetOptions Options()
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = System.IO.Compression.CompressionLevel.Optimal };
        foreach (var name in (string[])["station", At, "mantissa", "scale", SampleTime, "source", "batch", "ordinal", Received]) options.ColumnEncodingHints[name] = EncodingHint.DeltaBinaryPacked;
        foreach (var name in (string[])["mn", "factor", "period", "statistic", "text", "flag"]) options.ColumnEncodingHints[name] = EncodingHint.Dictionary;
        return options;
    }

    public static string Period(Resolution period) => period switch
    {
        Resolution.Realtime => "realtime",
        Resolution.Minute => "minute",
        Resolution.Hour => "hour",
        _ => "day",
    };

    public static Resolution Period(string period) => Enum.GetValues<Resolution>().First(each => Period(each) == period);

    public static int MonthOf(string name) =>
        (int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture) * 12) + int.Parse(name.AsSpan(5, 2), CultureInfo.InvariantCulture) - 1;

    public static long Micros(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / 10;

    public static long Ticks(long micros) => (micros * 10) + DateTime.UnixEpoch.Ticks;

    /// <summary>Says of whole numbers that they are times. The library packs numbers by their differences, but its own times not: those took three bytes a value.</summary>
    public static void MarkTimes(ParquetWriter writer)
    {
        const BindingFlags Inside = BindingFlags.NonPublic | BindingFlags.Instance;
        var footer = typeof(ParquetWriter).GetField("_footer", Inside)?.GetValue(writer);
        if (footer?.GetType().GetField("_fileMeta", Inside)?.GetValue(footer) is not FileMetaData meta) throw new InvalidOperationException("This version of the Parquet library keeps its footer elsewhere.");
        foreach (var column in meta.Schema.Where(column => column.Name is At or SampleTime or Received))
        {
            column.ConvertedType = null;
            column.LogicalType = new() { TIMESTAMP = new() { IsAdjustedToUTC = column.Name is Received, Unit = new() { MICROS = new() } } };
        }
    }

    /// <summary>Columns of <c>values-*.parquet</c>.</summary>
    internal sealed class ValueColumns
    {
        public ValueColumns() => Schema = new(Factor, Mn, Station, Period, Statistic, SampledAt, Mantissa, Scale, Text, Flag, SampledFrom, Source);

        public ParquetSchema Schema { get; }

        public DataField<string> Factor { get; } = new("factor", false);

        public DataField<string> Mn { get; } = new("mn", false);

        public DataField<int> Station { get; } = new("station");

        public DataField<string> Period { get; } = new("period", false);

        public DataField<string> Statistic { get; } = new("statistic", false);

        public DataField<long> SampledAt { get; } = new(At);

        public DataField<long?> Mantissa { get; } = new("mantissa");

        public DataField<int?> Scale { get; } = new("scale");

        public DataField<string> Text { get; } = new("text", true);

        public DataField<string> Flag { get; } = new("flag", true);

        public DataField<long?> SampledFrom { get; } = new(SampleTime);

        public DataField<int> Source { get; } = new("source");
    }

    /// <summary>Columns of <c>sources-*.parquet</c>.</summary>
    internal sealed class SourceColumns
    {
        public SourceColumns() => Schema = new(Source, Mn, Station, Period, SampledAt, Batch, Ordinal, ReceivedAt);

        public ParquetSchema Schema { get; }

        public DataField<int> Source { get; } = new("source");

        public DataField<string> Mn { get; } = new("mn", false);

        public DataField<int> Station { get; } = new("station");

        public DataField<string> Period { get; } = new("period", false);

        public DataField<long> SampledAt { get; } = new(At);

        public DataField<long> Batch { get; } = new("batch");

        public DataField<int> Ordinal { get; } = new("ordinal");

        public DataField<long> ReceivedAt { get; } = new(Received);
    }
}
