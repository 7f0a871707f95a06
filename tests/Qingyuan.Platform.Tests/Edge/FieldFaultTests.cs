using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Texts;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Edge;

/// <summary>What a field must hold is said in the language of who asks, whoever asks for it.</summary>
public class FieldFaultTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Roles.Dispatcher, "GET", "/alarms?limit=0", null, "limit", "至少为 1", "at least 1")]
    [InlineData(Roles.Dispatcher, "GET", "/alarms?limit=many", null, "limit", "应为整数", "whole number expected")]
    [InlineData(Roles.Dispatcher, "GET", "/notifications?after=x", null, "after", "应为上一页返回的 next", "what the page before gave as next")]
    [InlineData(Roles.Dispatcher, "GET", "/events?after=x", null, "Last-Event-ID", "应为整数", "whole number expected")]
    [InlineData(Roles.Regulator, "GET", "/ledger-entries?from=2026-03-01T08:00:00", null, "from", "应为带时区偏移的 RFC 3339 时间，如 2026-03-01T08:00:00+08:00", "an RFC 3339 time with offset, such as 2026-03-01T08:00:00+08:00")]
    [InlineData(Roles.Dispatcher, "GET", "/analysis/rows?format=pdf", null, "format", "应为下列之一：json, csv, xlsx, parquet", "one of json, csv, xlsx, parquet")]
    [InlineData(Roles.Dispatcher, "GET", "/analysis/overview", null, "factor", "未填写", "missing")]
    [InlineData(Roles.Dispatcher, "GET", "/laboratory-results?period=day", null, "period", "此处不能指定", "not here")]
    [InlineData(Roles.Dispatcher, "GET", "/laboratory-results?limit=0", null, "limit", "至少为 1", "at least 1")]
    [InlineData(Roles.SystemAdmin, "PUT", "/on-call", """{"rounds":11}""", "rounds", "应为 1 至 10", "from 1 to 10")]
    [InlineData(Roles.SystemAdmin, "PUT", "/on-call", """{"people":[null]}""", "people[0]", "应为一名人员", "a person")]
    [InlineData(Roles.SecurityAdmin, "POST", "/users", "{}", "name", "未填写", "missing")]
    [InlineData(Roles.Dispatcher, "POST", "/stations", """{"mn":"X","mn":"Y"}""", "mn", "重复出现", "said twice")]
    public async Task A_field_is_told_what_belongs_there(string role, string method, string path, string? body, string field, string chinese, string english)
    {
        Assert.Equal((field, chinese, "zh-CN"), await AskAsync("zh-CN", role, method, path, body));
        Assert.Equal((field, chinese, "zh-CN"), await AskAsync(null, role, method, path, body));
        Assert.Equal((field, english, "en"), await AskAsync("en", role, method, path, body));
    }

    [Theory]
    [InlineData("zh,en;q=0.8", "zh-CN")]
    [InlineData("zh-TW", "zh-CN")]
    [InlineData("en-GB,zh;q=0.5", "en")]
    [InlineData("fr", "zh-CN")]
    public async Task Answers_and_problems_speak_one_language(string accept, string language)
    {
        Assert.Equal(language, (await AskAsync(accept, Roles.SystemAdmin, "PUT", "/on-call", """{"rounds":11}""")).Language);
        Assert.Equal(await ClassesAsync(language), await ClassesAsync(accept));
        Assert.NotEqual(await ClassesAsync("en"), await ClassesAsync("zh-CN"));
    }

    [Fact]
    public void Every_sentence_that_is_asked_for_is_there_in_both_languages()
    {
        var asked = Directory.GetFiles(Repo.Path("src", "Qingyuan.Platform"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
            .SelectMany(text => Regex.Matches(text, @"new(?: Fault)?\((\w+)\.(All|Texts), ""([a-z-]+)""")).Select(match => (Texts: Held(match.Groups[1].Value, match.Groups[2].Value), Code: match.Groups[3].Value))
            .ToArray();
        string[] shared = [QueryTime.Expected, .. Regex.Matches(File.ReadAllText(Repo.Path("src", "Qingyuan.Platform", "Shared", "Http", "Faults.cs")), @"Of\(""([a-z-]+)""").Select(match => match.Groups[1].Value)];
        Assert.Contains("person", asked.Select(each => each.Code));
        Assert.Contains("missing", shared);
        Assert.Empty(asked.Concat(shared.Select(code => (Texts: Held(nameof(ApiSetup), "Texts"), Code: code))).Where(each => !IsSaid(each.Texts, "field." + each.Code)).Select(each => each.Code));
    }

    private static bool IsSaid(Sentences texts, string key) => texts.Find(key, Chinese) is { } chinese && chinese != texts.Find(key, English);

    private static Sentences Held(string type, string member) =>
        (Sentences)typeof(ApiSetup).Assembly.GetTypes().Single(each => each.Name == type).GetField(member, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(null)!;

    private static async Task<(string? Field, string? Said, string? Language)> AskAsync(string? accept, string role, string method, string path, string? body)
    {
        using var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client(role);
        using var request = new HttpRequestMessage(new HttpMethod(method), ApiSetup.Root + path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        if (accept is not null) request.Headers.Add("Accept-Language", accept);
        using var response = await client.SendAsync(request, Ct);
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>(Ct);
        Assert.Equal((HttpStatusCode.BadRequest, "request.field-invalid"), (response.StatusCode, problem!["type"]?.ToString()));
        var said = problem["detail"]?.ToString();
        Assert.EndsWith(said ?? "", problem["title"]?.ToString(), StringComparison.Ordinal);
        return (problem["field"]?.ToString(), said, response.Content.Headers.ContentLanguage.SingleOrDefault());
    }

    private static async Task<string[]> ClassesAsync(string accept)
    {
        using var client = (await HostHouse.OfAsync(Engine.Sqlite)).Client(Roles.SystemAdmin);
        client.DefaultRequestHeaders.Add("Accept-Language", accept);
        var rules = await client.GetFromJsonAsync<JsonArray>(ApiSetup.Root + "/retention", Ct);
        return [.. rules!.Select(rule => rule!["name"]!.ToString())];
    }
}
