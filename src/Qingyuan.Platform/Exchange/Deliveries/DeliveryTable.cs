using System.Security.Cryptography;
using System.Text;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>The values of one period, in the order in which they go into the file.</summary>
internal sealed class DeliveryTable : IDisposable
{
    /// <summary>A sheet of a workbook holds little more.</summary>
    public const int MostRows = 1_000_000;

    // Names may change without a value having changed.
    private static readonly int[] Told = [0, 3, 5, 6, 7, 8, 10, 11, 12, 13, 15];

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? _digest;

    /// <summary>Names are part of what recipients rely on; add at the end only. Times are station wall clock, UTC+8, but for the last but one.</summary>
    public static IReadOnlyList<(string Name, string Type)> Columns { get; } =
    [
        .. new[] { "mn", "station", "discharger", "factor", "factor_name", "data" }.Select(Text), ("sampled_at", "time"), .. new[] { "quantity", "value", "unit", "flag", "verdict" }.Select(Text), ("sample_time", "time"),
        .. new[] { "note", "received_at", "source" }.Select(Text),
    ];

    public List<string?[]> Rows { get; } = [];

    public int Stations { get; set; }

    /// <summary>Of the values and what belongs to them.</summary>
    public string Digest => _digest ??= Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <summary>The rows of one kind of data of one station, in an order that depends on nothing but themselves: storage may hand them out in another one later.</summary>
    public void Add(IEnumerable<string?[]> rows)
    {
        foreach (var row in rows.OrderBy(row => row[6], StringComparer.Ordinal).ThenBy(row => row[3], StringComparer.Ordinal).ThenBy(row => row[7], StringComparer.Ordinal)
            .ThenBy(row => row[8], StringComparer.Ordinal).ThenBy(row => row[15], StringComparer.Ordinal))
        {
            Rows.Add(row);
            _hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\u001f', Told.Select(at => row[at])) + '\u001e'));
        }
    }

    public void Dispose() => _hash.Dispose();

    private static (string Name, string Type) Text(string name) => (name, "text");
}
