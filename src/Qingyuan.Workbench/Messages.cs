using System.Text.Json.Serialization;

namespace Qingyuan.Workbench;

/// <summary>What the platform asks for: the first and only line on standard input.</summary>
/// <param name="Views">View name to the Parquet files under it, relative to the working directory; nothing else is readable.</param>
/// <param name="Sql">One SELECT statement.</param>
/// <param name="Rows">At most so many rows are told.</param>
/// <param name="Bytes">At most so many bytes of rows are told.</param>
/// <param name="MemoryMiB">For the engine's buffers; what does not fit goes to <c>temp/</c>.</param>
/// <param name="TempMiB">At most so much in <c>temp/</c>.</param>
/// <param name="Threads">That compute.</param>
internal sealed record Order(IReadOnlyDictionary<string, IReadOnlyList<string>> Views, string Sql, long Rows, long Bytes, int MemoryMiB, int TempMiB, int Threads);

/// <summary>One column of the answer.</summary>
/// <param name="Type"><c>text</c>, <c>integer</c>, <c>number</c>, <c>truth</c> or <c>time</c>.</param>
internal sealed record Column(string Name, string Type);

/// <summary>Before the rows.</summary>
internal sealed record Head(IReadOnlyList<Column> Columns);

/// <summary>After the rows.</summary>
/// <param name="Cut">Null, <c>rows</c> or <c>bytes</c>: the limit at which telling ended.</param>
/// <param name="Milliseconds">From the statement to its last row told.</param>
internal sealed record Done(long Rows, string? Cut, long Milliseconds);

internal sealed record End(Done Done);

/// <summary>Instead of an answer.</summary>
/// <param name="Kind">A word of <see cref="Kinds"/>.</param>
/// <param name="Line">Line of the statement, from 1; 0 when unknown.</param>
/// <param name="Message">The engine's own words.</param>
internal sealed record Trouble(string Kind, int Line, string Message);

internal sealed record Failed(Trouble Error);

/// <summary>Why there is no answer.</summary>
internal static class Kinds
{
    /// <summary>The order itself cannot be read.</summary>
    public const string Order = "order";

    /// <summary>The engine's library is not there or not for this machine.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>No SQL.</summary>
    public const string Syntax = "syntax";

    /// <summary>Something else than one SELECT.</summary>
    public const string SelectOnly = "select-only";

    /// <summary>Reaches for files, settings or the outside.</summary>
    public const string Outside = "outside";

    /// <summary>Names or types that are not there, values that cannot be converted.</summary>
    public const string Query = "query";

    public const string Memory = "memory";

    /// <summary>A value that cannot be told: too long, or no such number here.</summary>
    public const string Value = "value";
}

// Written at build time: reading it by reflection would cost each question a tenth of a second.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.Never, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Head))]
[JsonSerializable(typeof(End))]
[JsonSerializable(typeof(Failed))]
internal sealed partial class MessageJson : JsonSerializerContext;
