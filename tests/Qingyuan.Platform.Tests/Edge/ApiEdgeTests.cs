using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Edge;

public class ApiEdgeTests
{
    [Theory]
    [InlineData("{\"mn\":\"X\",\"name\":\"x\",\"kind\":\"fire\",\"edition\":2017,\"password\":\"1\"}", "kind")]
    [InlineData("{\"mn\":\"X\"}", "name")]
    [InlineData("{\"mn\":5}", "mn")]
    [InlineData("{\"mn\":\"X\",\"name\":\"x\",\"kind\":\"gas\",\"edition\":\"twenty\",\"password\":\"1\"}", "edition")]
    [InlineData("{\"mn\":\"X\",\"name\":\"x\",\"kind\":\"gas\",\"edition\":2018,\"password\":\"1\"}", "edition")]
    [InlineData("{\"mn\":\"X\",\"name\":\"x\",\"kind\":\"gas\",\"edition\":2017,\"password\":\"1\",\"factors\":[{\"code\":\"a1\",\"decimals\":99}]}", "factors[0].decimals")]
    [InlineData("{\"mn\":\"X\",\"name\":\"x\",\"kind\":\"gas\",\"edition\":2017,\"password\":\"1\",\"factors\":[{\"limit\":{\"upper\":\"much\"}}]}", "factors[0].limit.upper")]
    [InlineData("{\"mn\":\"X\",\"name\":\"x\",\"kind\":\"gas\",\"edition\":2017,\"password\":\"1\",\"factors\":[null]}", "factors[0]")]
    [InlineData("{\"mn\":\"X\",\"name\":\"x\",\"kind\":\"gas\",\"edition\":2017,\"password\":\"1\",\"allowedNetworks\":[\"10.0.0.0/8\",null]}", "allowedNetworks[1]")]
    [InlineData("{\"mn\":\"X\",\"name\":\"x\",\"kind\":\"gas\",\"edition\":2017,\"password\":\"1\",\"technician\":\"nobody\"}", "technician")]
    [InlineData("{\"mn\":\"X\",\"mn\":\"Y\"}", "mn")]
    [InlineData("[]", "body")]
    [InlineData("null", "body")]
    [InlineData("", "body")]
    public async Task Malformed_input_is_a_400_that_names_the_field(string body, string field)
    {
        using var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client(Roles.Dispatcher);
        using var response = await client.PostAsync(new Uri("/api/v1/stations", UriKind.Relative), Json(body), Ct);
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>(Ct);
        Assert.Equal((HttpStatusCode.BadRequest, field), (response.StatusCode, problem!["field"]!.ToString()));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("System.", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Qingyuan.", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"kind\":\"fire\"", "应为下列之一：gas, water", "one of gas, water")]
    [InlineData("\"name\":5", "应为文本", "text expected")]
    [InlineData("\"factors\":[{\"decimals\":\"many\"}]", "应为整数", "whole number expected")]
    [InlineData("\"factors\":[{\"limit\":{\"upper\":\"much\"}}]", "应为数字", "a number")]
    [InlineData("\"factors\":5", "应为其他类型的值，见 OpenAPI 文档", "another kind of value expected, see the OpenAPI document")]
    public async Task A_value_of_the_wrong_kind_is_told_what_is_expected(string member, string chinese, string english)
    {
        foreach (var (language, expected) in new[] { ("zh-CN", chinese), ("en", english) })
        {
            using var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client(Roles.Dispatcher);
            client.DefaultRequestHeaders.Add("Accept-Language", language);
            using var response = await client.PostAsync(new Uri("/api/v1/stations", UriKind.Relative), Json("{" + member + "}"), Ct);
            Assert.Equal(expected, (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!["detail"]!.ToString());
        }
    }

    [Theory]
    [InlineData(Roles.SystemAdmin, "PUT", "/api/v1/on-call", "{\"people\":[null]}", "people[0]")]
    [InlineData(Roles.SystemAdmin, "PUT", "/api/v1/on-call", "{\"people\":[{\"name\":\"li\",\"ways\":[null]}]}", "people[0].ways")]
    [InlineData(Roles.SystemAdmin, "PUT", "/api/v1/notification-channels/mail", "{\"kind\":\"email\",\"settings\":{\"host\":null}}", "host")]
    [InlineData(Roles.Dispatcher, "POST", "/api/v1/work-orders/0197b2c8-0000-7000-8000-000000000000/accept", "{\"a\":\"1\",\"a\":\"2\"}", "a")]
    [InlineData(Roles.Regulator, "GET", "/api/v1/ledger-entries?from=2026-03-01T08:00:00", null, "from")]
    public async Task Nulls_in_lists_names_said_twice_and_times_without_offset_name_the_field(string role, string method, string path, string? body, string field)
    {
        using var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client(role);
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : Json(body) };
        using var response = await client.SendAsync(request, Ct);
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>(Ct);
        Assert.Equal((HttpStatusCode.BadRequest, field), (response.StatusCode, problem!["field"]?.ToString()));
    }

    [Fact]
    public async Task A_keyed_write_that_answers_nothing_is_answered_and_answered_again()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var token = (await house.Services.GetRequiredService<IAccounts>().CreateTokenAsync("gone", Roles.Regulator, null, 1, Actor.Service("test", "self"), Ct)).Value.Token.Id;
        using var client = house.Client(Roles.SecurityAdmin);
        client.DefaultRequestHeaders.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        for (var times = 0; times < 2; times++)
        {
            using var response = await client.DeleteAsync(new Uri($"/api/v1/tokens/{token}", UriKind.Relative), Ct);
            Assert.Equal((HttpStatusCode.NoContent, times == 1), (response.StatusCode, response.Headers.Contains("Idempotency-Replayed")));
        }
    }

    [Fact]
    public async Task Unknown_stations_are_shown_to_who_sees_the_whole_installation_only()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var confined = (await house.Services.GetRequiredService<IAccounts>().CreateTokenAsync("confined", Roles.Regulator, "works", 1, Actor.Service("test", "self"), Ct)).Value.Secret;
        using var scoped = house.Client();
        scoped.DefaultRequestHeaders.Authorization = new("Bearer", confined);
        using var admin = house.Client(Roles.SystemAdmin);
        var path = new Uri("/api/v1/ingest/health", UriKind.Relative);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), ((await scoped.GetAsync(path, Ct)).StatusCode, (await admin.GetAsync(path, Ct)).StatusCode));
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", HttpStatusCode.NotFound, "request.no-such-route")]
    [InlineData("DELETE", "/api/v1/stations", HttpStatusCode.MethodNotAllowed, "request.method-not-allowed")]
    [InlineData("POST", "/api/v1/stations", HttpStatusCode.UnsupportedMediaType, "request.not-json")]
    public async Task What_does_not_exist_says_so_in_a_problem_document(string method, string path, HttpStatusCode status, string type)
    {
        using var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client(Roles.Dispatcher);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST") request.Content = new FormUrlEncodedContent([new("mn", "1")]);
        using var response = await client.SendAsync(request, Ct);
        Assert.Equal((status, type), (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!["type"]!.ToString()));
    }

    [Theory]
    [InlineData("zh-CN", "您的角色")]
    [InlineData("en-GB,en;q=0.9", "Your role")]
    [InlineData("fr", "您的角色")]
    public async Task A_problem_speaks_the_callers_language(string accept, string start)
    {
        using var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client(Roles.Technician);
        client.DefaultRequestHeaders.Add("Accept-Language", accept);
        var problem = await (await client.GetAsync(new Uri("/api/v1/users", UriKind.Relative), Ct)).Content.ReadFromJsonAsync<JsonObject>(Ct);
        Assert.StartsWith(start, problem!["title"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_same_key_does_the_write_once_and_another_body_under_it_is_refused(Engine engine)
    {
        using var client = (await HostHouse.OfAsync(engine)).Client(Roles.SecurityAdmin);
        var key = Guid.CreateVersion7().ToString();
        var (first, body) = await AddUserAsync(client, key, "keyed");
        var (second, again) = await AddUserAsync(client, key, "keyed");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first, second));
        Assert.Equal(body, again);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AddUserAsync(client, key, "other")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await AddUserAsync(client, Guid.CreateVersion7().ToString(), "keyed")).Status);

        var race = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AddUserAsync(client, key + "r", "raced")));
        Assert.Single(race.Where(answer => answer.Status is HttpStatusCode.Created).Select(answer => answer.Body).Distinct());
        Assert.All(race, answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.Conflict));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_discharger_sees_its_own_outlets_and_nothing_of_others(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        using var dispatcher = house.Client(Roles.Dispatcher);
        foreach (var (mn, org) in new[] { ("OWN1", "works"), ("FOREIGN1", "others") })
        {
            using var filed = await dispatcher.PostAsync(
                new Uri("/api/v1/stations", UriKind.Relative), Json($$"""{"mn":"{{mn}}","name":"{{mn}}","kind":"water","edition":"2017","password":"1","dischargerCode":"{{org}}"}"""), Ct);
            Assert.Equal(HttpStatusCode.Created, filed.StatusCode);
        }

        using var own = house.Client(Roles.Discharger);
        var seen = await own.GetFromJsonAsync<JsonObject>("/api/v1/stations", Ct);
        Assert.All(seen!["items"]!.AsArray(), station => Assert.Equal("works", station!["discharger"]!["code"]!.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync(new Uri("/api/v1/stations/OWN1", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await own.GetAsync(new Uri("/api/v1/stations/FOREIGN1", UriKind.Relative), Ct)).StatusCode);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Events_resume_by_number_in_order_and_in_sight_only(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        var (database, events) = (house.Services.GetRequiredService<IDatabase>(), house.Services.GetRequiredService<IEventStream>());
        using var dispatcher = house.Client(Roles.Dispatcher);
        using var filed = await dispatcher.PostAsync(
            new Uri("/api/v1/stations", UriKind.Relative), Json("""{"mn":"EVENTS1","name":"events","kind":"water","edition":"2017","password":"1","dischargerCode":"works"}"""), Ct);
        var own = (int)(await filed.Content.ReadFromJsonAsync<JsonObject>(Ct))!["stationNo"]!;
        await PublishAsync(database, events, "test.one", own);
        using var client = house.Client(Roles.Discharger);
        using var stream = await client.GetStreamAsync(new Uri("/api/v1/events?after=0", UriKind.Relative), Ct);
        using var reader = new StreamReader(stream);
        Assert.Equal("test.one", await UntilAsync(reader, "test."));
        await PublishAsync(database, events, "test.hidden", 999_999);
        await PublishAsync(database, events, "test.of-nobody", null);
        await PublishAsync(database, events, "test.two", own);
        Assert.Equal("test.two", await UntilAsync(reader, "test."));
    }

    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_its_page_needs_nothing_from_outside()
    {
        using var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client();
        var document = await client.GetFromJsonAsync<JsonObject>("/openapi/v1.json", Ct);
        Assert.StartsWith("3.1", document!["openapi"]!.ToString(), StringComparison.Ordinal);
        Assert.NotNull(document["paths"]!["/api/v1/stations"]);
        var page = await client.GetStringAsync(new Uri("/api/", UriKind.Relative), Ct);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<(HttpStatusCode Status, string Body)> AddUserAsync(HttpClient client, string key, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/users") { Content = Json($$"""{"name":"{{name}}","role":"technician"}""") };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static Task<bool> PublishAsync(IDatabase database, IEventStream events, string kind, int? station) => database.WriteAsync(
        (db, _) =>
        {
            events.Publish(db, kind, station, new { ok = true });
            return Task.FromResult(true);
        },
        default);

    private static async Task<string> UntilAsync(StreamReader reader, string start)
    {
        while (await reader.ReadLineAsync(Ct) is { } line)
            if (line.StartsWith("event: " + start, StringComparison.Ordinal)) return line["event: ".Length..];
        return "";
    }
}
