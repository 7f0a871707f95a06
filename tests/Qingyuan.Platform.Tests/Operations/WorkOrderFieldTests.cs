using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Operations;

/// <summary>What a field must hold is said in the language of who asks.</summary>
public class WorkOrderFieldTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", """{"note":5}""", "应为文本；数量写成十进制文本，单位另写")]
    [InlineData("en", """{"note":5}""", "a text; quantities are decimal texts beside their unit")]
    [InlineData("zh-CN", """{"note":"\u0001"}""", "应为不超过 4000 个字符的文本，不含控制字符和残缺字符")]
    [InlineData("en", """{"note":"\u0001"}""", "a text of at most 4000 characters, none of them a control character or half of one")]
    public async Task A_field_of_a_step(string language, string body, string said)
    {
        using var client = await ClientAsync(language);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri($"/api/v1/work-orders/{Guid.CreateVersion7()}/accept", UriKind.Relative), content, Ct);
        await AssertSaidAsync(response, "note", said);
    }

    [Theory]
    [InlineData("zh-CN", "至少为 1")]
    [InlineData("en", "at least 1")]
    public async Task A_part_of_a_question(string language, string said)
    {
        using var client = await ClientAsync(language);
        using var response = await client.GetAsync(new Uri("/api/v1/work-orders?limit=0", UriKind.Relative), Ct);
        await AssertSaidAsync(response, "limit", said);
    }

    private static async Task<HttpClient> ClientAsync(string language)
    {
        var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client(Roles.Dispatcher);
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        return client;
    }

    private static async Task AssertSaidAsync(HttpResponseMessage response, string field, string said)
    {
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(("request.field-invalid", field, said), (problem.GetProperty("type").GetString(), problem.GetProperty("field").GetString(), problem.GetProperty("detail").GetString()));
        Assert.EndsWith(said, problem.GetProperty("title").GetString(), StringComparison.Ordinal);
    }
}
