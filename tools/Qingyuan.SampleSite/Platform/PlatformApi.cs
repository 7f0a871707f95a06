using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Qingyuan.SampleSite.Outlets;

namespace Qingyuan.SampleSite.Platform;

/// <summary>The public HTTP API, with one role's token.</summary>
internal sealed class PlatformApi : IDisposable
{
    private readonly HttpClient _http;

    public PlatformApi(Uri address, string token)
    {
        _http = new HttpClient { BaseAddress = new Uri(address, "/api/v1/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Waits until the platform says it is ready, a minute at most.</summary>
    public static async Task WaitUntilReadyAsync(Uri address, TimeProvider clock, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = address };
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), ct);
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (attempt < 60)
            {
                // Not listening yet.
            }

            if (attempt >= 60) throw new IOException($"{address} did not become ready.");
            await Task.Delay(TimeSpan.FromSeconds(1), clock, ct);
        }
    }

    /// <summary>Files the outlet unless it is filed already.</summary>
    public async Task FileAsync(Outlet outlet, string technician, CancellationToken ct)
    {
        using var known = await _http.GetAsync(new Uri($"stations/{outlet.Mn}", UriKind.Relative), ct);
        if (known.StatusCode == HttpStatusCode.OK) return;
        var filing = outlet.Filing();
        filing["technician"] = technician;
        using var response = await _http.PostAsJsonAsync("stations", filing, ct);
        if (!response.IsSuccessStatusCode) throw new IOException($"Filing {outlet.Mn}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(ct)}");
    }

    public async Task<IReadOnlyList<JsonObject>> OrdersAsync(CancellationToken ct)
    {
        var page = await _http.GetFromJsonAsync<JsonObject>("work-orders?open=true", ct);
        return [.. page?["items"]?.AsArray().OfType<JsonObject>() ?? []];
    }

    public async Task ActAsync(string order, string act, JsonObject fields, CancellationToken ct)
    {
        using var response = await _http.PostAsJsonAsync($"work-orders/{order}/{act}", fields, ct);
        if (!response.IsSuccessStatusCode) throw new IOException($"{act} {order}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(ct)}");
    }

    public void Dispose() => _http.Dispose();
}
