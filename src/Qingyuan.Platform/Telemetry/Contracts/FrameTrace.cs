using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>
/// What follows from a frame, found again by its id: log lines written meanwhile carry it as <c>Frame</c>, and where traces are collected (source
/// <see cref="Source"/>) the frame has one of its own, from its receipt to its last consequence.
/// </summary>
public static class FrameTrace
{
    /// <summary>Name of the source of all spans of the platform.</summary>
    public const string Source = "Qingyuan";

    private const string Property = "Frame";
    private static readonly ActivitySource Spans = new(Source);

    /// <summary>Log lines of this flow name <paramref name="frame"/> until the result is disposed.</summary>
    public static IDisposable? About(this ILogger log, FrameId frame)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log.BeginScope((KeyValuePair<string, object?>[])[new(Property, frame)]); // a list: one alone is no property to the library that writes the files
    }

    /// <summary>
    /// The spans of a frame that is being applied: <c>frame</c> since its receipt, <c>frame.apply</c> since now. A trace of its own and not a part of
    /// what brought it, so that a share of the frames can be taken. Null where nobody collects.
    /// </summary>
    public static IDisposable? Begin(FrameId frame, string mn, string command, DateTimeOffset receivedAt)
    {
        if (!Spans.HasListeners()) return null;
        var around = Activity.Current;
        Activity.Current = null;
        var whole = Spans.StartActivity("frame", ActivityKind.Consumer, default(ActivityContext), [new("qingyuan.frame", frame.ToString()), new("qingyuan.mn", mn), new("qingyuan.command", command)], startTime: receivedAt);
        return new Applied(whole, whole is null ? null : Spans.StartActivity("frame.apply"), around);
    }

    /// <summary>A buffer of frames is packed and committed. Null where nobody collects.</summary>
    internal static Activity? Commit(int frames) => Spans.StartActivity("frames.commit")?.SetTag("qingyuan.frames", frames);

    private sealed class Applied(Activity? whole, Activity? apply, Activity? around) : IDisposable
    {
        public void Dispose()
        {
            apply?.Dispose();
            whole?.Dispose();
            Activity.Current = around;
        }
    }
}
