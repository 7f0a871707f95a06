namespace Qingyuan.Platform.Shared.Tables;

/// <summary>How much of a table file is read before it is refused.</summary>
/// <param name="Rows">Rows beside the heading.</param>
/// <param name="Columns">Columns of a row.</param>
/// <param name="CellLength">Characters in a cell; a spreadsheet takes 32,767.</param>
/// <param name="Unpacked">Bytes an xlsx may unpack to. A million rows of ten cells are about 400 MB.</param>
/// <param name="SharedTexts">Bytes of the one part of an xlsx that is held as a whole: its table of texts.</param>
public sealed record TableLimits(int Rows = 1_000_000, int Columns = 64, int CellLength = 32_767, long Unpacked = 768L << 20, long SharedTexts = 128L << 20);
