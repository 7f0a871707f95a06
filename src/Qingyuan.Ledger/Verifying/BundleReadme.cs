namespace Qingyuan.Ledger.Verifying;

/// <summary>The text that explains a bundle to whoever receives it.</summary>
internal static class BundleReadme
{
    public const string Text = """
        清源 证据包
        ==========
        entry.envelope        台账记录的规范字节及来源签名，一字不差
        proof.tlog-proof      SHA-256 / Ed25519 包含证明与签名检查点
        proof.sm.tlog-proof   SM3 / SM2（国密）包含证明与签名检查点
        keys.txt              日志公钥与来源公钥：请与另行公布的公钥核对
        policy.txt            所需签名；“quorum none” 表示只有一方：已登记，未经多方认证

        离线核验：qingyuan-verify 本文件.zip      退出码 0 通过，1 不通过（并指出哪一项），2 无法读取
        核验通过，说明这些字节在检查点签署之前已经存在且此后未被改动；不说明其内容属实。

        Qingyuan proof bundle
        =====================
        entry.envelope        the record's canonical bytes and source signatures, to the byte
        proof.tlog-proof      inclusion proof and signed checkpoint, SHA-256 / Ed25519
        proof.sm.tlog-proof   inclusion proof and signed checkpoint, SM3 / SM2
        keys.txt              public keys of the log and of the sources: compare them with the published ones
        policy.txt            signatures asked for; "quorum none" means a single party: logged, not certified

        Check it off line: qingyuan-verify THIS.zip      exit 0 verified, 1 not verified (naming the check), 2 unreadable
        A pass shows that these bytes existed before the checkpoint was signed and were not changed since. It does not show that they are true.

        """;
}
