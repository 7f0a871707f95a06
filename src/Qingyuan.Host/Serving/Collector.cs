using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Host.Serving;

/// <summary>Traces and metrics to an OpenTelemetry collector: those of frames, of requests, and of what either asks of the database.</summary>
internal static class Collector
{
    // A circuit of the console is one request of hours.
    private const string Circuits = "/_blazor";

    /// <param name="telemetry">Of this server.</param>
    /// <param name="address">Takes OTLP over HTTP.</param>
    /// <param name="share">Of the traces, 0 to 1. Who calls from outside cannot ask for more.</param>
    public static void AddCollector(this OpenTelemetryBuilder telemetry, Uri address, double share)
    {
        var chosen = new TraceIdRatioBasedSampler(share);
        telemetry
            .WithTracing(traces => traces
                .SetSampler(new ParentBasedSampler(chosen, remoteParentSampled: chosen))
                .AddSource(FrameTrace.Source, "Npgsql")
                .AddAspNetCoreInstrumentation(options => options.Filter = http => !http.Request.Path.StartsWithSegments(Circuits, StringComparison.Ordinal))
                .AddOtlpExporter(options => Over(options, address, "v1/traces")))
            .WithMetrics(metrics => metrics.AddOtlpExporter(options => Over(options, address, "v1/metrics")));
    }

    private static void Over(OtlpExporterOptions options, Uri address, string path) =>
        (options.Protocol, options.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new(address.AbsoluteUri.TrimEnd('/') + "/" + path));
}
