using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Sensors;

internal static class SensorEndpoints
{
    public sealed record TakenJson(string FrameId);

    // The sender is a device, not a person: it shows its station's MN and password, as the logger does in every frame.
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/sensor-reports", TakeAsync).AllowAnonymous().WithTags("frames")
        .WithSummary("A report of a door, a meter or a shelter sensor, with the station's MN and password as Basic credentials; answered when it is durable");

    private static async Task<Results<Ok<TakenJson>, ProblemHttpResult>> TakeAsync(HttpContext http, SensorIntake intake, CancellationToken ct)
    {
        var (mn, password) = Credentials(http.Request);
        if (intake.Sender(mn, password, http.Connection.RemoteIpAddress) is not { } sender)
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"station\"";
            return Problems.Of(StatusCodes.Status401Unauthorized, "sensor.sender-unknown");
        }

        if (await ReadAsync(http.Request, ct) is not { } bytes) return Problems.Field("body", new Fault(IngestTexts.All, "sensor-bytes", SensorReport.LargestBytes));
        try
        {
            var taken = await intake.TakeAsync(sender, bytes, $"http {http.Connection.RemoteIpAddress}", ct);
            return taken.Fault is { } fault ? Problems.Field(fault.Field, fault.What) : TypedResults.Ok(new TakenJson(taken.Frame!.Value.ToString()));
        }
        catch (FramesNotStoredException)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "ingest.not-stored");
        }
    }

    private static (string? Mn, string? Password) Credentials(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header is not { Scheme: "Basic", Parameter: { } sent }) return default;
        var bytes = new byte[sent.Length];
        if (!Convert.TryFromBase64String(sent, bytes, out var length)) return default;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (text[..colon], text[(colon + 1)..]) : default;
    }

    /// <summary>Null when there is more than a report may have.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var buffer = new byte[SensorReport.LargestBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > SensorReport.LargestBytes ? null : buffer[..length];
    }
}
