using System.Security.Cryptography;
using System.Text;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>What the values of one period come to, with what belongs to them: another digest later means that something came late.</summary>
internal sealed class DeliveryDigest : IDisposable
{
    // Names may change without a value having changed.
    private static readonly int[] Told = [0, 3, 5, 6, 7, 8, 10, 11, 12, 13, 15];

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="parts">Read through, and none of them held.</param>
    public static async Task<string> OfAsync(IAsyncEnumerable<IReadOnlyList<string?[]>> parts)
    {
        using var digest = new DeliveryDigest();
        await foreach (var part in parts)
        foreach (var row in part) digest.Add(row);
        return digest.Text();
    }

    public void Add(string?[] row) => _hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\u001f', Told.Select(at => row[at])) + '\u001e'));

    /// <summary>64 lower-case hex digits of all that was added.</summary>
    public string Text() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
