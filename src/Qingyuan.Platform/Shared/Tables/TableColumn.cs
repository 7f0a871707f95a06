namespace Qingyuan.Platform.Shared.Tables;

/// <summary>A column of a kind of file that people fill.</summary>
/// <param name="Headings">Understood ones; the first is the template's Chinese one, the second its English one.</param>
/// <param name="IsRequired">Whether a file without it is refused.</param>
public sealed record TableColumn(string Key, bool IsRequired, IReadOnlyList<string> Headings);
