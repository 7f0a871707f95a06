using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Catalogue;

/// <summary>What differs from the built-in catalogue: for rows whose <see cref="MessageSpec.Confidence"/> is less than confirmed, and for provincial and makers' commands.</summary>
public sealed record CatalogueOptions
{
    /// <summary>Rows that come on top, or in place of the built-in row of the same command, edition and sender. Easiest made from a built-in row: <c>spec with { Command = 2091 }</c>.</summary>
    public IReadOnlyList<MessageSpec> Rows { get; init; } = [];

    /// <summary>Built-in rows that are not to be known.</summary>
    public IReadOnlyList<(int Command, Edition Edition, Sender Sender)> Without { get; init; } = [];

    /// <summary>
    /// The CN of HJ 212-2025's upload of sample information (table C63). Its number is not known: the one open client that sends it uses 2031,
    /// which is day data and surely a slip. Null (the default) leaves the message out.
    /// </summary>
    public int? SampleReport2025 { get; init; }
}
