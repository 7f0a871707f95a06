using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Analysis.Sql;

/// <summary>SQL over HTTP, on both engines.</summary>
public sealed class SqlApiTests
{
    private const string Api = "/api/v1/analysis/sql";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task One_call_prepares_and_answers_and_the_answer_is_a_file_too(Engine engine)
    {
        using var client = (await SqlSite.OfAsync(engine)).House.Client(Roles.QcManager);

        var answer = await AskAsync(client, "SELECT factor, count(*) AS n FROM readings GROUP BY 1 ORDER BY 1");
        using var file = await client.GetAsync($"{Api}/answers/{answer.GetProperty("id").GetString()}?format=csv", Ct);
        var history = await client.GetFromJsonAsync<JsonElement>(Api + "/history", Ct);

        Assert.Equal("""[["a19001","96"],["a21002","96"]]""", answer.GetProperty("rows").GetRawText());
        Assert.Equal(["factor,n", "a19001,96", "a21002,96", ""], (await file.Content.ReadAsStringAsync(Ct)).ReplaceLineEndings("\n").Split('\n'));
        Assert.Equal("done", history[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_discharger_sees_his_own_stations_only()
    {
        using var client = (await SqlSite.OfAsync(Engine.Sqlite)).House.Client(Roles.Discharger);
        using var all = await client.PostAsJsonAsync(Api, new { query = SqlSite.Question, sql = "SELECT 1" }, Ct);
        Assert.Equal((HttpStatusCode.BadRequest, "analysis.station-invalid"), (all.StatusCode, await TypeAsync(all)));

        var own = await AskAsync(client, "SELECT mn FROM stations WHERE mn LIKE 'SQLG%'", SqlSite.Question.Replace("&stations=SQLG1,SQLG2", "", StringComparison.Ordinal));

        Assert.Equal("""[["SQLG1"]]""", own.GetProperty("rows").GetRawText());
    }

    [Theory]
    [InlineData("""{"sql":"SELECT 1"}""", 400, "request.field-invalid")]
    [InlineData("""{"query":"factor=a21002"}""", 400, "sql.statement-missing")]
    [InlineData("""{"query":"factor=a21002","sql":"SELECT 1"}""", 400, "request.field-invalid")]
    [InlineData("""{"dataSet":"0197b2c8-0000-7000-8000-000000000000","sql":"SELECT 1"}""", 404, "sql.no-such-data-set")]
    public async Task What_cannot_be_asked_is_named(string body, int status, string type)
    {
        using var client = (await SqlSite.OfAsync(Engine.Sqlite)).House.Client(Roles.Dispatcher);
        using var answer = await client.PostAsync(Api, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Ct);
        Assert.Equal((status, type), ((int)answer.StatusCode, await TypeAsync(answer)));
    }

    [Fact]
    public async Task Refusals_speak_the_readers_language_with_line_and_the_engines_words()
    {
        using var client = (await SqlSite.OfAsync(Engine.Sqlite)).House.Client(Roles.Technician);
        using var answer = await client.PostAsJsonAsync(Api, new { query = SqlSite.Question, sql = "SELECT\n nosuch FROM readings" }, Ct);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal((HttpStatusCode.BadRequest, "sql.query-invalid", "sql"), (answer.StatusCode, problem.GetProperty("type").GetString(), problem.GetProperty("field").GetString()));
        Assert.StartsWith("第 2 行不能执行：Binder Error: Referenced column \"nosuch\"", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_factor_is_named_in_the_readers_language()
    {
        using var client = (await SqlSite.OfAsync(Engine.Sqlite)).House.Client(Roles.Technician);
        using var answer = await client.PostAsJsonAsync(Api, new { query = SqlSite.Question.Replace("a19001", "a1900", StringComparison.Ordinal), sql = "SELECT 1" }, Ct);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal((HttpStatusCode.BadRequest, "analysis.factor-invalid", "factor"), (answer.StatusCode, problem.GetProperty("type").GetString(), problem.GetProperty("field").GetString()));
        Assert.Equal("因子表和所选站点都没有因子 a1900，请核对代码。", problem.GetProperty("title").GetString());
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, string sql, string query = SqlSite.Question)
    {
        using var answer = await client.PostAsJsonAsync(Api, new { query, sql }, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static async Task<string?> TypeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString();
}
