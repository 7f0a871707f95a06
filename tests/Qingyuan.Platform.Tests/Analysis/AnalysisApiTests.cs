using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Analysis;

/// <summary>The slice over HTTP, on both engines.</summary>
public class AnalysisApiTests
{
    private const string Question = "factor=a21002&from=2026-11-20T00:00:00%2B08:00&to=2026-11-22T00:00:00%2B08:00";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "factor")]
    [InlineData("factor=a21002", "from")]
    [InlineData("factor=a21002&from=2026-11-20T00:00:00%2B08:00&to=2026-11-20T00:00:00%2B08:00", "to")]
    [InlineData(Question + "&resolution=week", "resolution")]
    [InlineData(Question + "&resolution=minute&source=derived", "source")]
    [InlineData(Question + "&least=much", "least")]
    [InlineData(Question + "&kind=noise", "kind")]
    [InlineData(Question + "&verdict=valid", "verdict")]
    [InlineData(Question + "&period=today", "period")]
    [InlineData("factor=a21002&period=decade", "period")]
    public async Task What_cannot_be_read_is_named(string query, string field)
    {
        using var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client(Roles.Dispatcher);
        foreach (var path in (string[])["overview", "rows", "correlation", "factors"])
        {
            using var answer = await client.GetAsync($"/api/v1/analysis/{path}?other=a01011&{query}", Ct);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal(field, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("field").GetString());
        }
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_view_is_kept_changed_shared_and_removed_by_its_owner(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        using var owner = house.Client(Roles.Dispatcher);
        using var other = house.Client(Roles.QcManager);

        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PutAsJsonAsync("/api/v1/analysis/views/mine", new { query = "factor=" }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.PutAsJsonAsync("/api/v1/analysis/views/mine", new { query = Question + "&unknown=1" }, Ct)).StatusCode);
        Assert.Empty(await NamesAsync(other));
        Assert.Equal(HttpStatusCode.OK, (await owner.PutAsJsonAsync("/api/v1/analysis/views/mine", new { query = Question + "&marks=M", shared = true }, Ct)).StatusCode);
        Assert.Equal([$"mine {Question}&marks=M".Replace("%2B", "+", StringComparison.Ordinal)], await NamesAsync(owner));
        Assert.Single(await NamesAsync(other));
        Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync("/api/v1/analysis/views/mine", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync("/api/v1/analysis/views/mine", Ct)).StatusCode);
        Assert.Empty(await NamesAsync(other));
    }

    [Fact]
    public async Task A_relative_period_is_told_with_its_times_and_kept_as_it_was_asked()
    {
        using var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client(Roles.Dispatcher);

        var told = await client.GetFromJsonAsync<JsonElement>("/api/v1/analysis/overview?factor=a21002&period=last-month", Ct);
        var (from, to) = (told.GetProperty("from").GetDateTimeOffset(), told.GetProperty("to").GetDateTimeOffset());
        Assert.Equal((1, 1, from.AddMonths(1)), (from.Day, to.Day, to));
        Assert.Equal("factor=a21002&period=last-month", told.GetProperty("query").GetString());

        using var kept = await client.PutAsJsonAsync("/api/v1/analysis/views/moving", new { query = "factor=a21002&period=last-month&beside=a19001" }, Ct);
        Assert.Equal("factor=a21002&period=last-month&beside=a19001", (await kept.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("query").GetString());
        using var many = await client.PutAsJsonAsync("/api/v1/analysis/views/many", new { query = Question + "&beside=1,2,3,4,5,6,7,8,9" }, Ct);
        Assert.Equal("beside", (await many.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("field").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/api/v1/analysis/views/moving", Ct)).StatusCode);

        var factors = await client.GetFromJsonAsync<JsonElement>($"/api/v1/analysis/factors?{Question}&beside=a19001,%20a21026", Ct);
        Assert.Equal(["a21002", "a19001", "a21026"], factors.EnumerateArray().Select(factor => factor.GetProperty("factor").GetString()));
    }

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("parquet", "application/vnd.apache.parquet")]
    public async Task Rows_come_as_a_file_with_a_name(string format, string type)
    {
        using var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client(Roles.Regulator);

        using var answer = await client.GetAsync($"/api/v1/analysis/rows?{Question}&format={format}", Ct);

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal($"qingyuan-a21002-20261120.{format}", answer.Content.Headers.ContentDisposition?.FileName);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Who_manages_the_platform_removes_what_others_share_and_that_is_on_record(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        using var owner = house.Client(Roles.Dispatcher);
        using var admin = house.Client(Roles.SystemAdmin);
        Assert.Equal(HttpStatusCode.OK, (await owner.PutAsJsonAsync("/api/v1/analysis/views/everybodys", new { query = Question, shared = true }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.PutAsJsonAsync("/api/v1/analysis/views/own", new { query = Question }, Ct)).StatusCode);

        var seen = Assert.Single((await admin.GetFromJsonAsync<JsonElement>("/api/v1/analysis/shared-views", Ct)).EnumerateArray());
        var id = seen.GetProperty("id").GetString();
        Assert.Equal("everybodys", seen.GetProperty("name").GetString());
        Assert.False(seen.TryGetProperty("query", out _)); // business
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.DeleteAsync($"/api/v1/analysis/shared-views/{id}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/v1/analysis/shared-views/{id}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync($"/api/v1/analysis/shared-views/{id}", Ct)).StatusCode);

        Assert.Single(await NamesAsync(owner)); // what is not shared stays
        var entry = Assert.Single((await house.Services.GetRequiredService<ILedgerReader>().ListAsync(new(Subject: "analysis-view:" + id), Ct)).Items);
        Assert.Equal(("setting.analysis-view.remove", Roles.SystemAdmin, "everybodys"), (entry.Kind, entry.Actor.Role, entry.Body["name"]!.ToString()));
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync("/api/v1/analysis/views/own", Ct)).StatusCode);
    }

    [Fact]
    public async Task Views_are_bounded_in_number_and_length()
    {
        var views = (await HostHouse.OfAsync(Engine.Sqlite)).Services.GetRequiredService<IAnalysisViews>();
        var hoarder = new Actor("u:hoarder", Roles.Dispatcher, "self", "password");
        for (var view = 0; view < 200; view++) Assert.True((await views.PutAsync("view " + view, Question, false, hoarder, Ct)).IsOk);

        var refusal = (await views.PutAsync("one more", Question, false, hoarder, Ct)).Refusal;
        Assert.Equal(("analysis.too-many-views", 200), (refusal.Code, refusal.Args[0]));
        Assert.True((await views.PutAsync("view 7", Question + "&marks=M", false, hoarder, Ct)).IsOk); // one that is there
        Assert.True(await views.RemoveAsync("view 8", hoarder, Ct));
        Assert.True((await views.PutAsync("one more", Question, false, hoarder, Ct)).IsOk);

        foreach (var query in (string[])[$"{Question}&industry={new string('x', 4_000)}", $"{Question}&industry={new string('钢', 1_000)}"]) // a letter of these takes nine when it is kept
        {
            var tooLong = (await views.PutAsync("long", query, false, new("u:writer", Roles.Dispatcher, "self", "password"), Ct)).Refusal;
            Assert.Equal(("analysis.query-invalid", "query", 4_000), (tooLong.Code, tooLong.Args[0], tooLong.Args[1]));
        }
    }

    private static async Task<string[]> NamesAsync(HttpClient client) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/api/v1/analysis/views", Ct)).EnumerateArray().Select(view => $"{view.GetProperty("name").GetString()} {Uri.UnescapeDataString(view.GetProperty("query").GetString()!)}")];
}
