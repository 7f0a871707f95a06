using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Alarms.Notifications.Channels;

/// <summary>
/// HTTP out: 企业微信, 钉钉, SMS gateways and plain JSON, one class with presets.
/// Settings: <c>url</c>, <c>method</c>, <c>contentType</c>, <c>body</c>, <c>header.NAME</c>, <c>successField</c>, <c>successValue</c>; secrets: <c>key</c>, <c>signSecret</c> and any other the templates name.
/// </summary>
internal sealed class WebhookChannel(IHttpClientFactory clients, TimeProvider clock) : INotificationChannel
{
    public const string ClientName = "notifications";
    private const int LongestAnswer = 16 * 1024;

    public bool Serves(ChannelKind kind) => kind is not ChannelKind.Email;

    public string? FirstFault(ChannelSetup setup)
    {
        var preset = WebhookPreset.Of(setup.Kind);
        var url = setup.Get("url") ?? preset.Url;
        if (url is null || !Uri.TryCreate(Sentences.Fill(url, setup.Values, Uri.EscapeDataString), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) return "url";
        if (url.Contains("{key}", StringComparison.Ordinal) && setup.Get("key") is null) return "key";
        if ((setup.Get("method") ?? "POST") is not ("POST" or "GET" or "PUT")) return "method";
        if (setup.Get("contentType") is { } type && !MediaTypeHeaderValue.TryParse(type, out _)) return "contentType";
        return setup.Get("body") is null && preset.Body is null && setup.Get("method") != "GET" ? "body" : null;
    }

    public async Task<SendOutcome> SendAsync(ChannelSetup setup, OutgoingMessage message, CancellationToken ct)
    {
        try
        {
            using var request = Request(setup, message);
            using var response = await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var answer = await ReadAsync(response.Content, ct);
            return response.IsSuccessStatusCode ? Judge(setup, answer) : SendOutcome.Failed($"HTTP {(int)response.StatusCode}: {answer}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return SendOutcome.Failed(error.Message);
        }
    }

    private HttpRequestMessage Request(ChannelSetup setup, OutgoingMessage message)
    {
        var preset = WebhookPreset.Of(setup.Kind);
        var places = Places(setup, message);
        var url = Sentences.Fill(setup.Get("url") ?? preset.Url!, places, Uri.EscapeDataString);
        if (setup.Get("signSecret") is { } secret) url += DingTalkSign.Query(secret, clock.GetUtcNow());
        var request = new HttpRequestMessage(new HttpMethod(setup.Get("method") ?? "POST"), url);
        foreach (var (name, value) in setup.Values.Where(each => each.Key.StartsWith("header.", StringComparison.Ordinal)))
            request.Headers.TryAddWithoutValidation(name["header.".Length..], Sentences.Fill(value, places));
        if (request.Method == HttpMethod.Get) return request;
        var type = MediaTypeHeaderValue.Parse(setup.Get("contentType") ?? "application/json; charset=utf-8");
        request.Content = new StringContent(Sentences.Fill(setup.Get("body") ?? preset.Body!, places, EscapeFor(type)), Encoding.UTF8);
        request.Content.Headers.ContentType = type;
        return request;
    }

    private static Func<string, string> EscapeFor(MediaTypeHeaderValue type) => type.MediaType switch
    {
        "application/x-www-form-urlencoded" => Uri.EscapeDataString,
        "text/plain" => text => text,
        "text/xml" or "application/xml" => text => System.Security.SecurityElement.Escape(text),
        _ => text => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
    };

    private static Dictionary<string, string> Places(ChannelSetup setup, OutgoingMessage message) => new(setup.Values, StringComparer.Ordinal)
    {
        ["id"] = message.Id.ToString(),
        ["person"] = message.Person,
        ["address"] = message.Address,
        ["title"] = message.Title,
        ["text"] = message.Text,
        ["markdown"] = Markdown.From(message),
        ["severity"] = message.Severity,
        ["code"] = message.Code,
        ["link"] = message.Link ?? "",
        ["receiptLink"] = message.ReceiptLink ?? "",
    };

    /// <summary>Robots answer 200 to what they refuse and say so in the body.</summary>
    private static SendOutcome Judge(ChannelSetup setup, string answer)
    {
        var preset = WebhookPreset.Of(setup.Kind);
        if ((setup.Get("successField") ?? preset.SuccessField) is not { } field) return SendOutcome.Sent;
        var expected = setup.Get("successValue") ?? preset.SuccessValue;
        try
        {
            using var json = JsonDocument.Parse(answer);
            var ok = json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty(field, out var value) && value.ToString() == expected;
            return ok ? SendOutcome.Sent : SendOutcome.Failed(answer);
        }
        catch (JsonException)
        {
            return SendOutcome.Failed($"not JSON: {answer}");
        }
    }

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[LongestAnswer];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
