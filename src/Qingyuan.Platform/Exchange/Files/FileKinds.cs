namespace Qingyuan.Platform.Exchange.Files;

/// <summary>How the blob store knows the files of this slice.</summary>
internal static class FileKinds
{
    public const string Import = "import";
    public const string Consent = "consent";

    /// <summary>Files are kept as they come; what they are is for those who open them.</summary>
    public const string Unknown = "application/octet-stream";
}
