using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Shared.Tables;

/// <summary>A file cannot be read as a table, or not further. Thrown while rows are enumerated; whoever reads turns it into the <see cref="Refusal"/>.</summary>
public sealed class TableException(string code, params object[] args) : Exception(args.Length is 0 ? code : $"{code}: {string.Join(", ", args)}")
{
    public Refusal Refusal { get; } = new(code, args);
}
