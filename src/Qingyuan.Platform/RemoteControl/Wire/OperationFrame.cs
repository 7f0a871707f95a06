using Qingyuan.Hj212.Catalogue;

namespace Qingyuan.Platform.RemoteControl.Wire;

/// <summary>How an operation is written for one station.</summary>
/// <param name="Answer">What ends it.</param>
/// <param name="Source">The edition's table, or the adapter's model.</param>
/// <param name="Remark">Code of what is to be known of it; null when nothing is.</param>
/// <param name="Bytes">The whole frame for a QN.</param>
internal sealed record OperationFrame(AnswerKind Answer, string Source, string? Remark, Func<string, byte[]> Bytes);
