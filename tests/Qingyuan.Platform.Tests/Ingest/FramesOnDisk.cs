using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Telemetry.Frames;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>What a server that is gone left behind: its frames' text by QN.</summary>
internal static class FramesOnDisk
{
    /// <summary>Reads the log from disk, as the next start does.</summary>
    public static async Task<Dictionary<string, string>> ReadAsync(string folder)
    {
        await using var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(new DataDirectory(folder))
            .AddTelemetry(new ConfigurationBuilder().Build()).BuildServiceProvider();
        services.GetRequiredService<FrameCommitter>().Open();
        var stored = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var frame in services.GetRequiredService<BatchReader>().After(0).SelectMany(batch => batch.Frames))
            stored[Encoding.ASCII.GetString(frame.Bytes.Span)[9..26]] = Encoding.ASCII.GetString(frame.Bytes.Span);
        return stored;
    }
}
