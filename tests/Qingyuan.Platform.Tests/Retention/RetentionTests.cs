using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Retention;

/// <summary>Graded times, never under two years, each change on the ledger.</summary>
public class RetentionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [Requirement("R-5.5.3-9")]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Each_class_has_a_time_of_its_own_and_a_change_is_on_the_ledger(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        using var client = house.Client(Roles.SystemAdmin);
        var before = await ListAsync(client);
        Assert.Equal(60, before["raw-frames"]);
        Assert.Null(before["ledger"]);

        using var answer = await client.PutAsJsonAsync("/api/v1/retention/uploads", new { months = 120, reason = "permit" }, Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(120, (await ListAsync(client))["uploads"]);
        var entry = Assert.Single((await house.Services.GetRequiredService<ILedgerReader>().ListAsync(new(KindPrefix: "retention.changed"), Ct)).Items);
        Assert.Equal(("uploads", "120", "60", "permit"), ((string?)entry.Body["class"], (string?)entry.Body["months"], (string?)entry.Body["before"], (string?)entry.Body["reason"]));
    }

    [Theory]
    [Requirement("R-5.5.3-10")]
    [InlineData("raw-frames", 23, "less", HttpStatusCode.BadRequest, "retention.months-invalid")]
    [InlineData("raw-frames", 0, "none", HttpStatusCode.BadRequest, "retention.months-invalid")]
    [InlineData("logs", 1201, "more", HttpStatusCode.BadRequest, "retention.months-invalid")]
    [InlineData("logs", 36, " ", HttpStatusCode.BadRequest, "retention.reason-missing")]
    [InlineData("ledger", 120, "why", HttpStatusCode.Conflict, "retention.kept-for-ever")]
    [InlineData("dreams", 120, "why", HttpStatusCode.NotFound, "retention.no-such-class")]
    public async Task Shorter_than_two_years_is_refused_and_so_is_what_makes_no_sense(string kind, int months, string reason, HttpStatusCode status, string code)
    {
        using var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client(Roles.SystemAdmin);

        using var answer = await client.PutAsJsonAsync($"/api/v1/retention/{kind}", new { months, reason }, Ct);

        Assert.Equal((status, code), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString()));
    }

    private static async Task<Dictionary<string, int?>> ListAsync(HttpClient client) => (await client.GetFromJsonAsync<JsonElement>("/api/v1/retention", Ct)).EnumerateArray()
        .ToDictionary(rule => rule.GetProperty("class").GetString()!, rule => rule.GetProperty("months") is { ValueKind: JsonValueKind.Number } months ? months.GetInt32() : (int?)null);
}
