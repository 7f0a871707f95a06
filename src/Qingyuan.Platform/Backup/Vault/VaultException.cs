namespace Qingyuan.Platform.Backup.Vault;

/// <summary>Why a backup cannot be read.</summary>
internal enum VaultFault
{
    /// <summary>There is no key, or it is not the one it was sealed with.</summary>
    NoKey,

    /// <summary>Bytes are not those that were written, or are gone.</summary>
    Damaged,

    /// <summary>Not a backup, or one of a later release.</summary>
    NoBackup,
}

/// <summary>A backup that cannot be read, with the file that is to blame.</summary>
internal sealed class VaultException(VaultFault fault, string why) : IOException(why)
{
    public VaultFault Fault { get; } = fault;
}
