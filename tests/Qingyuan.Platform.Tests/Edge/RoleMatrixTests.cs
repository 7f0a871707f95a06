using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Security.Access;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Edge;

/// <summary>Every endpoint against every role. The list is the host's own, so a new endpoint cannot be forgotten; the table in the repository is what was approved.</summary>
[Requirement("R-5.7.1-1")]
[Requirement("R-5.7.1-3")]
[Requirement("R-5.7.2-1b")]
public class RoleMatrixTests
{
    private const string Table = "tests/Qingyuan.Platform.Tests/Edge/endpoints.approved.txt";

    [Fact]
    [Requirement("R-5.7.3-6c")]
    public async Task Every_endpoint_and_page_carries_a_policy_and_stands_in_the_approved_table()
    {
        var actual = (await RoutesAsync()).Select(route => $"{route.Method} {route.Pattern} {route.Policy}").Order(StringComparer.Ordinal).ToArray();
        var approved = File.Exists(Repo.Path(Table)) ? await File.ReadAllLinesAsync(Repo.Path(Table), TestContext.Current.CancellationToken) : [];
        if (!approved.SequenceEqual(actual)) await File.WriteAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "endpoints.actual.txt"), actual, TestContext.Current.CancellationToken);
        Assert.True(actual.Length > 30, "A scan that found nothing proves nothing.");
        Assert.Equal(approved, actual);
    }

    [Fact]
    public async Task A_role_outside_the_policy_is_refused_at_every_api_endpoint_and_nobody_gets_in_without_signing_in()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var offences = new List<string>();
        var checkedOnes = 0;
        foreach (var route in (await RoutesAsync()).Where(route => route.Pattern.StartsWith("/api/v1", StringComparison.Ordinal) && route.Policy is not "anonymous"))
        {
            using var stranger = house.Client();
            if (await AskAsync(stranger, route) is not HttpStatusCode.Unauthorized) offences.Add($"{route.Method} {route.Pattern} without sign-in");
            foreach (var role in Roles.All.Except(RolePolicies.Table[route.Policy]))
            {
                using var client = house.Client(role);
                checkedOnes++;
                if (await AskAsync(client, route) is not HttpStatusCode.Forbidden and var status) offences.Add($"{route.Method} {route.Pattern} as {role}: {status}");
            }
        }

        Assert.Empty(offences);
        Assert.True(checkedOnes > 100, $"Only {checkedOnes} refusals were seen.");
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, Route route)
    {
        var path = System.Text.RegularExpressions.Regex.Replace(route.Pattern, @"\{[^}]*:guid\}", "0197b2c8-0000-7000-8000-000000000000");
        path = System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*:int\}", "1");
        path = System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", "x");
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        if (route.Method is not "GET") request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }

    private static async Task<IReadOnlyList<Route>> RoutesAsync()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        return [.. house.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !IsAsset(endpoint))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(method => new Route(method, Pattern(endpoint), Policy(endpoint))))
            .Where(route => !route.Pattern.StartsWith("/_", StringComparison.Ordinal))
            .Distinct()];
    }

    // Files of the console: styles, scripts, pictures.
    private static bool IsAsset(RouteEndpoint endpoint) => endpoint.Metadata.Any(item => item.GetType().Name.Contains("StaticAsset", StringComparison.Ordinal));

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.Trim('/');

    private static string Policy(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        ? "anonymous"
        : string.Join('+', endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy ?? "signed-in?").Distinct().DefaultIfEmpty("DENIED"));

    private sealed record Route(string Method, string Pattern, string Policy);
}
