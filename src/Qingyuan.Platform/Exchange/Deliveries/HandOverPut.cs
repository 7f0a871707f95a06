using System.Net.Http.Headers;
using Qingyuan.Platform.Exchange.Contracts;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>HTTPS PUT to the recipient. No redirect is followed: the address is the one the policy names.</summary>
internal static class HandOverPut
{
    private const int LongestAnswer = 300;
    private const int MostBytesOfAnswer = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task SendAsync(DeliveryRule rule, string? secret, DeliveryRunRow run, string type, Stream content, CancellationToken ct)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, SslOptions = new() { RemoteCertificateValidationCallback = PinnedCertificate.Accepts(rule.CertificateSha256) } };
        using var client = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = MostBytesOfAnswer };
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{rule.Address!.TrimEnd('/')}/{Uri.EscapeDataString(run.FileName!)}") { Content = new StreamContent(content) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.TryAddWithoutValidation("X-Content-SHA256", run.Sha256);
        if (secret is not null) request.Headers.TryAddWithoutValidation("Authorization", secret);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
        if (answer.IsSuccessStatusCode) return;
        var said = await answer.Content.ReadAsStringAsync(ct);
        throw new HttpRequestException($"HTTP {(int)answer.StatusCode} {(said.Length > LongestAnswer ? said[..LongestAnswer] : said)}".TrimEnd());
    }
}
