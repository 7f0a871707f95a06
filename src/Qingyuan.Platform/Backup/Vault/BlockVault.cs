using System.Security.Cryptography;
using Qingyuan.Ledger.Storage;

namespace Qingyuan.Platform.Backup.Vault;

/// <summary>Where a part of a file lies.</summary>
/// <param name="Name">HMAC-SHA256 of its content under the vault's key: equal parts are kept once, and a name tells nothing.</param>
internal readonly record struct Block(string Name, int Length);

/// <summary>Encrypted blocks in <c>blocks/xx/NAME</c>, each kept once however many backups hold it.</summary>
/// <param name="folder">Where.</param>
/// <param name="key">What seals them.</param>
/// <param name="require">Called before so many bytes are added; throws when there is no room for them.</param>
internal sealed class BlockVault(string folder, VaultKey key, Action<long>? require = null)
{
    public const int BlockBytes = 4 << 20;

    private readonly PhysicalDisk _disk = new(folder);

    /// <summary>Bytes that this instance added to the folder.</summary>
    public long Added { get; private set; }

    /// <summary>Keeps the content, durable on return. A block that is there already is read and checked; a damaged one is set aside and written anew.</summary>
    public Block Put(ReadOnlySpan<byte> content)
    {
        var name = HMACSHA256.HashData(key.Name, content);
        var block = new Block(Convert.ToHexStringLower(name), content.Length);
        if (_disk.Read(PathOf(block)) is { } present)
        {
            if (Open(block, present) is not null) return block;
            _disk.Replace($"damaged/{block.Name}", present);
        }

        // The nonce follows from the content: one key never seals two contents with one nonce.
        var bytes = SealedBytes.Seal(key.Seal, name.AsSpan(0, SealedBytes.NonceLength), content, name);
        require?.Invoke(bytes.Length);
        _disk.Replace(PathOf(block), bytes);
        Added += bytes.Length;
        return block;
    }

    /// <summary>Whether the block is there; not whether it is whole.</summary>
    public bool Has(Block block) => File.Exists(Path.Combine(folder, PathOf(block)));

    /// <exception cref="VaultException">The block is gone or not what was written.</exception>
    public byte[] Get(Block block)
    {
        if (_disk.Read(PathOf(block)) is not { } bytes) throw new VaultException(VaultFault.Damaged, $"{Path.Combine(folder, PathOf(block))} is missing");
        return Open(block, bytes) ?? throw new VaultException(VaultFault.Damaged, $"{Path.Combine(folder, PathOf(block))} is damaged");
    }

    private byte[]? Open(Block block, byte[] bytes) =>
        SealedBytes.Open(key.Seal, bytes, Convert.FromHexString(block.Name)) is { } content && content.Length == block.Length ? content : null;

    private static string PathOf(Block block) => $"blocks/{block.Name[..2]}/{block.Name}";
}
