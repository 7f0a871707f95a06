using System.Text.Json.Serialization;
using Parquet.Serialization.Attributes;

namespace Qingyuan.Platform.Analysis.Sql.DataSets;

// Rows of the views. Names and meanings are documented in docs/operations/sql.md and stay; add at the end only. All times are wall clock of the stations, UTC+8.
// In milliseconds: Parquet.Net 6.1.0 writes the least and the most of a column of microseconds in milliseconds, and the engine, which trusts them, would find nothing.

/// <summary>Row of <c>stations</c>.</summary>
internal sealed class StationCells
{
    [JsonPropertyName("mn")]
    public string Mn { get; set; } = "";

    [JsonPropertyName("name")]
    public string Name { get; set; } = "";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    [JsonPropertyName("industry")]
    public string? Industry { get; set; }

    [JsonPropertyName("discharger_code")]
    public string DischargerCode { get; set; } = "";

    [JsonPropertyName("discharger")]
    public string Discharger { get; set; } = "";

    [JsonPropertyName("outlet")]
    public string Outlet { get; set; } = "";

    [JsonPropertyName("permit")]
    public string? Permit { get; set; }

    [JsonPropertyName("address")]
    public string? Address { get; set; }

    [JsonPropertyName("edition")]
    public int Edition { get; set; }

    [JsonPropertyName("reference_oxygen")]
    public double? ReferenceOxygen { get; set; }

    [JsonPropertyName("sample")]
    public bool Sample { get; set; }

    [JsonPropertyName("longitude")]
    public double? Longitude { get; set; }

    [JsonPropertyName("latitude")]
    public double? Latitude { get; set; }

    [JsonPropertyName("datum")]
    public string? Datum { get; set; }
}

/// <summary>Row of <c>readings</c>.</summary>
internal sealed class ReadingCells
{
    [JsonPropertyName("mn")]
    public string Mn { get; set; } = "";

    [JsonPropertyName("factor")]
    public string Factor { get; set; } = "";

    [JsonPropertyName("factor_name")]
    public string FactorName { get; set; } = "";

    [JsonPropertyName("period")]
    public string Period { get; set; } = "";

    [JsonPropertyName("sampled_at")]
    [ParquetTimestamp(ParquetTimestampResolution.Milliseconds, true, false)]
    public DateTime SampledAt { get; set; }

    [JsonPropertyName("value")]
    public double Value { get; set; }

    [JsonPropertyName("text")]
    public string Text { get; set; } = "";

    [JsonPropertyName("unit")]
    public string Unit { get; set; } = "";

    [JsonPropertyName("flag")]
    public string? Flag { get; set; }

    [JsonPropertyName("verdict")]
    public string? Verdict { get; set; }

    [JsonPropertyName("over")]
    public bool Over { get; set; }

    [JsonPropertyName("source")]
    public string Source { get; set; } = "";

    [JsonPropertyName("basis")]
    public string Basis { get; set; } = "";

    [JsonPropertyName("frame")]
    public string? Frame { get; set; }
}

/// <summary>Row of <c>limits</c>.</summary>
internal sealed class LimitCells
{
    [JsonPropertyName("mn")]
    public string Mn { get; set; } = "";

    [JsonPropertyName("factor")]
    public string Factor { get; set; } = "";

    [JsonPropertyName("upper")]
    public double? Upper { get; set; }

    [JsonPropertyName("lower")]
    public double? Lower { get; set; }

    [JsonPropertyName("cold_upper")]
    public double? ColdUpper { get; set; }

    [JsonPropertyName("unit")]
    public string Unit { get; set; } = "";

    [JsonPropertyName("basis")]
    public string Basis { get; set; } = "";

    [JsonPropertyName("source")]
    public string Source { get; set; } = "";
}

/// <summary>Row of <c>alarms</c>.</summary>
internal sealed class AlarmCells
{
    [JsonPropertyName("id")]
    public string Id { get; set; } = "";

    [JsonPropertyName("mn")]
    public string Mn { get; set; } = "";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    [JsonPropertyName("severity")]
    public string Severity { get; set; } = "";

    [JsonPropertyName("state")]
    public string State { get; set; } = "";

    [JsonPropertyName("factor")]
    public string? Factor { get; set; }

    [JsonPropertyName("sentence")]
    public string Sentence { get; set; } = "";

    [JsonPropertyName("rule")]
    public string Rule { get; set; } = "";

    [JsonPropertyName("since")]
    [ParquetTimestamp(ParquetTimestampResolution.Milliseconds, true, false)]
    public DateTime Since { get; set; }

    [JsonPropertyName("until")]
    [ParquetTimestamp(ParquetTimestampResolution.Milliseconds, true, false)]
    public DateTime? Until { get; set; }

    [JsonPropertyName("raised_at")]
    [ParquetTimestamp(ParquetTimestampResolution.Milliseconds, true, false)]
    public DateTime RaisedAt { get; set; }

    [JsonPropertyName("cleared_at")]
    [ParquetTimestamp(ParquetTimestampResolution.Milliseconds, true, false)]
    public DateTime? ClearedAt { get; set; }

    [JsonPropertyName("raises")]
    public int Raises { get; set; }

    [JsonPropertyName("work_order")]
    public string? WorkOrder { get; set; }
}

/// <summary>Row of <c>work_orders</c>.</summary>
internal sealed class WorkOrderCells
{
    [JsonPropertyName("id")]
    public string Id { get; set; } = "";

    [JsonPropertyName("number")]
    public string Number { get; set; } = "";

    [JsonPropertyName("mn")]
    public string Mn { get; set; } = "";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    [JsonPropertyName("title")]
    public string Title { get; set; } = "";

    [JsonPropertyName("state")]
    public string State { get; set; } = "";

    [JsonPropertyName("technician")]
    public string? Technician { get; set; }

    [JsonPropertyName("cause")]
    public string? Cause { get; set; }

    [JsonPropertyName("opened_at")]
    [ParquetTimestamp(ParquetTimestampResolution.Milliseconds, true, false)]
    public DateTime OpenedAt { get; set; }

    [JsonPropertyName("closed_at")]
    [ParquetTimestamp(ParquetTimestampResolution.Milliseconds, true, false)]
    public DateTime? ClosedAt { get; set; }

    [JsonPropertyName("alarm")]
    public string? Alarm { get; set; }
}
