using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Ingest;

/// <summary>Sentences of the slice.</summary>
internal static class IngestTexts
{
    public static readonly Sentences All = new(typeof(IngestModule));
}
