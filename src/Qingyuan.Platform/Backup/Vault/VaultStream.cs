using System.Security.Cryptography;

namespace Qingyuan.Platform.Backup.Vault;

/// <summary>A backed-up file read from its blocks, forward only; its hash is held against the manifest's at the end.</summary>
internal sealed class VaultStream(BlockVault vault, BackedUpFile file) : Stream
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ReadOnlyMemory<byte> _content;
    private int _next;
    private bool _checked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="VaultException">A block is gone or damaged, or the whole is not what was backed up.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_content.IsEmpty && !Advance()) return 0;
        var read = Math.Min(buffer.Length, _content.Length);
        _content.Span[..read].CopyTo(buffer);
        _content = _content[read..];
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Reads what a reader left, so that the hash covers all of it.</summary>
    public void Finish()
    {
        while (Advance())
        {
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _sha256.Dispose();
        base.Dispose(disposing);
    }

    private bool Advance()
    {
        if (_next == file.Blocks.Count)
        {
            if (!_checked && Convert.ToHexStringLower(_sha256.GetHashAndReset()) != file.Sha256) throw new VaultException(VaultFault.Damaged, $"{file.Path} is not what was backed up");
            _checked = true;
            return false;
        }

        _content = vault.Get(file.Blocks[_next++]);
        _sha256.AppendData(_content.Span);
        return true;
    }
}
