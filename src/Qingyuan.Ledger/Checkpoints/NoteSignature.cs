using System.Buffers.Binary;

namespace Qingyuan.Ledger.Checkpoints;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">Who claims to have signed.</param>
/// <param name="KeyId">Which key.</param>
/// <param name="Payload">The signature, for cosignatures behind its time.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Payload)
{
    private const string Dash = "\u2014 ";

    /// <summary>The line, without its line break.</summary>
    public override string ToString()
    {
        var bytes = new byte[4 + Payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Payload.Span.CopyTo(bytes.AsSpan(4));
        return $"{Dash}{Name} {Convert.ToBase64String(bytes)}";
    }

    /// <summary>Reads a line; false unless it is exactly as it would be written.</summary>
    public static bool TryParse(string line, out NoteSignature? signature)
    {
        ArgumentNullException.ThrowIfNull(line);
        signature = null;
        if (!line.StartsWith(Dash, StringComparison.Ordinal)) return false;
        var parts = line[Dash.Length..].Split(' ');
        if (parts.Length != 2 || !Layout.LogOrigin.IsValid(parts[0])) return false;
        var bytes = new byte[parts[1].Length];
        if (!Convert.TryFromBase64String(parts[1], bytes, out var length) || length < 5) return false;
        var candidate = new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4, length - 4));
        if (candidate.ToString() != line) return false;
        signature = candidate;
        return true;
    }
}
