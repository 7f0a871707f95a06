using System.Globalization;
using Qingyuan.Platform.Shared;
using Serilog;
using Serilog.Events;
using Serilog.Filters;

namespace Qingyuan.Host.Serving;

/// <summary>Rolling files in the data directory; the console stays quiet, and standard output is for what scripts read.</summary>
internal static class Logging
{
    private const long FileBytes = 64L << 20;
    private const int Days = 5 * 366; // as long as the data they speak of, and never by number: a noisy day must not push old ones out
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {Message:lj}{" + FrameEnricher.Property + ":l}{NewLine}{Exception}";
    private static readonly Func<LogEvent, bool> Orleans = Matching.FromSource("Orleans");

    public static void AddLogging(this WebApplicationBuilder builder, DataDirectory data, string file = "qingyuan-.log") => builder.Services.AddSerilog(log => log
        .MinimumLevel.Information()
        .Enrich.With<FrameEnricher>()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
        .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
        .MinimumLevel.Override("Polly", LogEventLevel.Warning) // inside Orleans, two lines for every twin
        .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
        // Its keys are sealed by our own repository, which it cannot know.
        .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
        // The server says one line about a failed start; Kestrel's own stack trace would say it twice.
        .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
        .WriteTo.File(
            Path.Combine(data.Logs, file), outputTemplate: Line, rollingInterval: RollingInterval.Day, fileSizeLimitBytes: FileBytes, rollOnFileSizeLimit: true,
            retainedFileCountLimit: null, retainedFileTimeLimit: TimeSpan.FromDays(Days), formatProvider: CultureInfo.InvariantCulture, flushToDiskInterval: TimeSpan.FromSeconds(1), buffered: false)
        .WriteTo.Logger(console => console
            .Filter.ByExcluding(IsOrleansAside)
            .WriteTo.Console(restrictedToMinimumLevel: LogEventLevel.Warning, standardErrorFromLevel: LogEventLevel.Verbose, formatProvider: CultureInfo.InvariantCulture)), preserveStaticLogger: true); // each host of a process has its own, and ends only that

    // Its warnings are about threads and collectors; who looks for them finds them in the file.
    private static bool IsOrleansAside(LogEvent entry) => entry.Level < LogEventLevel.Error && Orleans(entry);
}
