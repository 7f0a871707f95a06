using Serilog.Core;
using Serilog.Events;

namespace Qingyuan.Host.Serving;

/// <summary>Says behind a line of the log which frame it is about, and in which trace it was written, when it does not say so itself.</summary>
internal sealed class FrameEnricher : ILogEventEnricher
{
    /// <summary>Of what stands behind the message, in templates of sinks.</summary>
    public const string Property = "About";
    private const string Frame = "Frame";

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        var frame = logEvent.Properties.GetValueOrDefault(Frame) is ScalarValue { Value: { } id } && !logEvent.MessageTemplate.Text.Contains("{Frame}", StringComparison.Ordinal) ? $" frame={id}" : "";
        var trace = logEvent.TraceId is { } trail ? $" trace={trail}" : "";
        if (frame.Length + trace.Length > 0) logEvent.AddOrUpdateProperty(new(Property, new ScalarValue(frame + trace)));
    }
}
