using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest;
using Qingyuan.Platform.Tests.RemoteControl;

namespace Qingyuan.Platform.Tests.Diagnosis;

public class FindingTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Two_values_for_one_moment_are_a_finding_that_names_both_frames_and_the_first_stands(Engine engine)
    {
        var bench = await RemoteBench.OpenAsync(engine);
        using var li = await bench.PersonAsync(Roles.Technician, fresh: false);
        await SayAsync(bench, "20260301080000001", "20260301080000", "w01018-Rtd=18.2,w01018-Flag=N;w21003-Rtd=1.5,w21003-Flag=N");
        await SayAsync(bench, "20260301080000002", "20260301080000", "w01018-Rtd=12.9,w01018-Flag=N;w21003-Rtd=1.1,w21003-Flag=N");
        await Eventually.That(async () => (await FoundAsync(bench, li, "kind=contradiction")).GetProperty("factors").GetArrayLength() is 2); // each factor's as it is applied
        var finding = await FoundAsync(bench, li, "kind=contradiction");
        Assert.Equal((bench.Mn, "ended", "2026-03-01T08:00:00+08:00"), (Text(finding, "mn"), Text(finding, "state"), Text(finding, "from")));
        Assert.Equal(["w01018", "w21003"], finding.GetProperty("factors").EnumerateArray().Select(each => each.GetString()));
        Assert.Contains("2 个数值", Text(finding, "text"), StringComparison.Ordinal);

        var frames = finding.GetProperty("frames").EnumerateArray().Select(each => each.GetString()!).ToArray();
        Assert.Contains("w01018-Rtd=18.2", await FrameAsync(li, frames[0]), StringComparison.Ordinal);
        Assert.Contains("w01018-Rtd=12.9", await FrameAsync(li, frames[1]), StringComparison.Ordinal);
        var readings = (await li.GetAsync($"/stations/{bench.Mn}/readings?factor=w01018&from=2026-03-01T07:00:00%2B08:00&to=2026-03-01T09:00:00%2B08:00&resolution=realtime")).Body;
        Assert.Contains("\"18.2\"", readings.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"12.9\"", readings.GetRawText(), StringComparison.Ordinal);

        // The same finding, the same id, also once it is on disk.
        await bench.Services.GetRequiredService<IChunkWriter>().CheckpointAsync(0, TestContext.Current.CancellationToken);
        Assert.Equal(Text(finding, "id"), Text(await FoundAsync(bench, li, "kind=contradiction"), "id"));
    }

    [Fact]
    [Requirement("R-5.6.3-wm")]
    public async Task A_calibration_signature_that_nothing_explains_is_a_finding_until_somebody_says_what_was_done()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        using var li = await bench.PersonAsync(Roles.Technician, fresh: false);
        await SayAsync(bench, "20260301080000001", "20260301080000", "w01018-Rtd=18.2,w01018-Flag=N");
        await SayAsync(bench, "20260301080100001", "20260301080100", "w01018-Rtd=0.3,w01018-Flag=C");
        var finding = await FoundAsync(bench, li, "kind=unexplained-mark");
        Assert.Equal("2026-03-01T08:01:00+08:00", Text(finding, "from"));
        Assert.Contains("flag:w01018", Text(finding, "text"), StringComparison.Ordinal);
        var (status, _) = await li.PostAsync($"/stations/{bench.Mn}/marks", new { factors = new[] { "w01018" }, mark = "C", from = "2026-03-01T07:50:00+08:00", to = "2026-03-01T08:30:00+08:00", note = "现场校准" });
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(0, (await li.GetAsync(Path(bench, "kind=unexplained-mark"))).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        using var li = await bench.PersonAsync(Roles.Technician, fresh: false);
        for (var at = 0; at < 5; at++)
        {
            await SayAsync(bench, $"2026030108000000{at}", $"202603010800{at:00}", "w01018-Rtd=1.0,w01018-Flag=N");
            await SayAsync(bench, $"2026030109000000{at}", $"202603010800{at:00}", "w01018-Rtd=2.0,w01018-Flag=N");
        }

        var path = Path(bench, "kind=contradiction");
        await Eventually.That(async () => (await li.GetAsync(path)).Body.GetProperty("items").GetArrayLength() is 5);
        List<string> seen = [];
        for (string? after = null; ;)
        {
            var page = (await li.GetAsync(path + "&limit=2" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)))).Body;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(each => Text(each, "from")));
            if ((after = page.GetProperty("next").GetString()) is null) break;
        }

        Assert.Equal(["2026-03-01T08:00:04+08:00", "2026-03-01T08:00:03+08:00", "2026-03-01T08:00:02+08:00", "2026-03-01T08:00:01+08:00", "2026-03-01T08:00:00+08:00"], seen);
    }

    [Fact]
    public async Task Another_organisation_sees_nothing()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        using var li = await bench.PersonAsync(Roles.Technician, fresh: false);
        await SayAsync(bench, "20260301080000001", "20260301080000", "w01018-Rtd=18.2,w01018-Flag=N");
        await SayAsync(bench, "20260301080000002", "20260301080000", "w01018-Rtd=12.9,w01018-Flag=N");
        await FoundAsync(bench, li, "kind=contradiction");
        using var other = bench.Client(Roles.Discharger);
        Assert.Equal("""{"items":[],"next":null}""", await other.GetStringAsync(new Uri("/api/v1" + Path(bench, "kind=contradiction"), UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("kind=ghost", "kind")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-03-01", "to")]
    [InlineData("limit=0", "limit")]
    [InlineData("after=x", "after")]
    [InlineData("from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "from")]
    [InlineData("from=2020-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "from")]
    public async Task Bad_input_is_told_by_its_field(string query, string field)
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        using var li = await bench.PersonAsync(Roles.Technician, fresh: false);
        var (status, body) = await li.GetAsync("/findings?" + query);
        Assert.Equal((HttpStatusCode.BadRequest, field), (status, Text(body, "field")));
    }

    [Theory]
    [InlineData("zh-CN", "from=yesterday", "应为带时区偏移的 RFC 3339 时间，如 2026-03-01T08:00:00+08:00")]
    [InlineData("en", "from=yesterday", "an RFC 3339 time with offset, such as 2026-03-01T08:00:00+08:00")]
    [InlineData("zh-CN", "from=2020-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "最多早于 to 92 天")]
    [InlineData("en", "from=2020-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "at most 92 days before to")]
    public async Task Bad_input_is_told_in_the_callers_language(string language, string query, string said)
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        using var client = bench.Client(Roles.Dispatcher);
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        using var response = await client.GetAsync(new Uri("/api/v1/findings?" + query, UriKind.Relative), TestContext.Current.CancellationToken);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((HttpStatusCode.BadRequest, said), (response.StatusCode, problem.RootElement.GetProperty("detail").GetString()));
    }

    private static async Task SayAsync(RemoteBench bench, string qn, string at, string values)
    {
        using var logger = await Logger.ConnectAsync(bench.Hj212);
        await logger.SendAsync(Logger.Frame($"QN={qn};ST=32;CN=2011;PW={FieldEnd.Password};MN={bench.Mn};Flag=5;CP=&&DataTime={at};{values}&&"));
        Assert.Contains("CN=9014", await logger.ReadAsync(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> FoundAsync(RemoteBench bench, RemoteBench.Person person, string query)
    {
        JsonElement items = default;
        await Eventually.That(async () => (items = (await person.GetAsync(Path(bench, query))).Body.GetProperty("items")).GetArrayLength() > 0);
        return Assert.Single(items.EnumerateArray());
    }

    private static string Path(RemoteBench bench, string query) => $"/findings?mn={bench.Mn}&from=2026-03-01T00:00:00%2B08:00&to=2026-03-02T00:00:00%2B08:00&{query}";

    private static async Task<string> FrameAsync(RemoteBench.Person person, string id) =>
        await person.Client.GetStringAsync(new Uri("/api/v1/frames/" + id, UriKind.Relative), TestContext.Current.CancellationToken);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
