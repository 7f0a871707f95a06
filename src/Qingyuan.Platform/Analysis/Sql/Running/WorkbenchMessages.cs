using System.Text.Json.Serialization;
using Qingyuan.Platform.Analysis.Contracts;

namespace Qingyuan.Platform.Analysis.Sql.Running;

// The platform's end of the pipe; the other end is src/Qingyuan.Workbench/Messages.cs, which knows nothing of the platform.

internal sealed record WorkbenchOrder(IReadOnlyDictionary<string, string[]> Views, string Sql, long Rows, long Bytes, int MemoryMiB, int TempMiB, int Threads);

internal sealed record WorkbenchDone(long Rows, string? Cut, long Milliseconds);

internal sealed record WorkbenchTrouble(string Kind, int Line, string Message);

/// <summary>Any line but those of rows: exactly one member is there.</summary>
internal sealed record WorkbenchLine(IReadOnlyList<SqlColumn>? Columns, WorkbenchDone? Done, WorkbenchTrouble? Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WorkbenchOrder))]
[JsonSerializable(typeof(WorkbenchLine))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class WorkbenchJson : JsonSerializerContext;
