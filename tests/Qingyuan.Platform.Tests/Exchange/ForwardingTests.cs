using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Security;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Exchange;

public class ForwardingTests
{
    private static readonly DateTime Start = new(2026, 3, 1, 0, 0, 0);

    [Theory]
    [InlineData(Engine.Sqlite, 1440)]
    [InlineData(Engine.Postgres, 480)] // a third of the minutes: the engine makes no other order
    [Requirement("R-5.5.3-5")]
    public async Task Three_days_without_the_target_lose_nothing_double_nothing_and_keep_each_stations_order(Engine engine, int aDay)
    {
        await using var bench = await ForwardBench.OpenAsync(engine);
        var (one, two) = (await bench.StationAsync(), await bench.StationAsync());
        bench.Upper.GoAway();
        await bench.ForwardAsync(one, two);
        var frames = 3 * aDay;
        await Task.WhenAll(bench.UploadAsync(one, Start, frames), bench.UploadAsync(two, Start, frames));
        await Eventually.That(async () => (await bench.StateAsync()).GetProperty("phase").GetString() is "waiting");
        Assert.NotNull((await bench.StateAsync()).GetProperty("trouble").GetString());

        bench.Upper.Open();
        await bench.DeliveredAsync(2 * frames);
        Assert.Equal(2 * frames, bench.Upper.Received.Count);
        foreach (var mn in (string[])[one, two])
        {
            var qns = bench.Upper.Texts.Where(frame => frame.Contains(mn, StringComparison.Ordinal)).Select(frame => frame[9..26]).ToList();
            Assert.Equal(Enumerable.Range(0, frames).Select(minute => $"{Start.AddMinutes(minute):yyyyMMddHHmmss}001"), qns);
        }

        await Eventually.That(async () => (await bench.StateAsync()).GetProperty("phase").GetString() is "current");
    }

    [Fact]
    [Requirement("R-5.5.3-5")]
    public async Task A_line_that_is_cut_again_and_again_loses_nothing_and_resends_carry_the_same_bytes()
    {
        await using var bench = await ForwardBench.OpenAsync(Engine.Sqlite);
        var mn = await bench.StationAsync();
        var heard = 0;
        bench.Upper.Answer = frame =>
        {
            if (Interlocked.Increment(ref heard) % 40 is not 0) return UpperPlatform.DataReply(frame);
            bench.Upper.CutLines(); // taken, and nobody is told
            return null;
        };
        await bench.ForwardAsync(mn);
        await bench.UploadAsync(mn, Start, 120);
        await bench.DeliveredAsync(120);
        var distinct = bench.Upper.Texts.Distinct().ToList();
        Assert.Equal(Enumerable.Range(0, 120).Select(minute => $"{Start.AddMinutes(minute):yyyyMMddHHmmss}001"), distinct.Select(frame => frame[9..26]));
        Assert.True(bench.Upper.Received.Count > 120, "No line was cut.");
    }

    [Fact]
    public async Task It_goes_on_where_it_was_after_it_was_switched_off()
    {
        await using var bench = await ForwardBench.OpenAsync(Engine.Sqlite);
        var mn = await bench.StationAsync();
        await bench.ForwardAsync(mn);
        await bench.UploadAsync(mn, Start, 10);
        await bench.DeliveredAsync(10);
        await bench.PutAsync(new { kind = "park", host = "127.0.0.1", port = bench.Upper.Port, enabled = false, stations = new[] { new { mn } } });
        await bench.HasStoppedAsync();
        await bench.UploadAsync(mn, Start.AddMinutes(10), 10);
        Assert.Equal("off", (await bench.StateAsync()).GetProperty("phase").GetString());
        Assert.Equal(10, bench.Upper.Received.Count);
        await bench.ForwardAsync(mn);
        await bench.DeliveredAsync(20);
        Assert.Equal(20, bench.Upper.Texts.Distinct().Count());
        Assert.Equal(20, bench.Upper.Received.Count);
    }

    [Fact]
    [Requirement("R-5.5.3-5")]
    public async Task Values_and_marks_of_any_kind_go_on_byte_for_byte_under_the_targets_own_MN_and_password()
    {
        await using var bench = await ForwardBench.OpenAsync(Engine.Sqlite);
        var mn = await bench.StationAsync();
        await bench.PutAsync(new { kind = "enterprise", host = "127.0.0.1", port = bench.Upper.Port, stations = new[] { new { mn, targetMn = "UPPER-0001", targetPassword = "654321" } } });
        const string Odd = "w01018-Avg=-0.00,w01018-Flag=D;w21003-Avg=,w21003-Flag=Q;x9-Foo=1e5";
        await bench.UploadAsync(mn, Start, 1, Odd);
        await bench.DeliveredAsync(1);
        Assert.Contains($"QN=20260301000000001;ST=32;CN=2051;PW=654321;MN=UPPER-0001;Flag=5;CP=&&DataTime=20260301000000;{Odd}&&", Assert.Single(bench.Upper.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Byte_exact_is_exactly_what_came()
    {
        await using var bench = await ForwardBench.OpenAsync(Engine.Sqlite);
        var mn = await bench.StationAsync();
        await bench.PutAsync(new { kind = "enterprise", host = "127.0.0.1", port = bench.Upper.Port, byteExact = true, stations = new[] { new { mn } } });
        // A logger with MODBUS check values, swapped: accepted with a note here, and its own business there.
        var segment = $"QN=20260301000000001;ST=32;CN=2051;PW=123456;MN={mn};Flag=5;CP=&&DataTime=20260301000000;w01018-Avg=1.0,w01018-Flag=N&&";
        var crc = Crc16.ComputeModbus(Encoding.ASCII.GetBytes(segment));
        var frame = $"##{segment.Length:D4}{segment}{crc:X4}\r\n";
        using var logger = await Logger.ConnectAsync(bench.House.Hj212);
        await logger.SendAsync(frame);
        await logger.ReadAsync();
        await bench.DeliveredAsync(1);
        Assert.Equal(frame, Assert.Single(bench.Upper.Texts));
    }

    [Fact]
    [Requirement("R-5.5.3-5")]
    public async Task Towards_2025_an_area_is_encrypted_and_what_waited_says_so()
    {
        await using var bench = await ForwardBench.OpenAsync(Engine.Sqlite);
        var mn = await bench.StationAsync();
        bench.Upper.GoAway();
        await bench.PutAsync(new { kind = "park", host = "127.0.0.1", port = bench.Upper.Port, edition = 2025, key = "0000000000000000", stations = new[] { new { mn } } });
        await bench.UploadAsync(mn, Start, 1);
        bench.Upper.Open();
        await bench.DeliveredAsync(1);
        var frame = Assert.Single(bench.Upper.Received);
        var text = Encoding.Latin1.GetString(frame);
        Assert.Contains(";Flag=9;RF=1;CP=&&", text, StringComparison.Ordinal);
        Assert.DoesNotContain("DataTime", text, StringComparison.Ordinal);
        AreaCipher.Decrypt(new Sm4("0000000000000000"u8), frame.AsSpan((text.IndexOf("CP=&&", StringComparison.Ordinal) + 5)..^8));
        Assert.Contains("CP=&&DataTime=20260301000000;w01018-Avg=0.0,w01018-Flag=N&&", Encoding.ASCII.GetString(frame), StringComparison.Ordinal);
        Assert.Equal(Crc16.Compute(frame.AsSpan()[6..^6]).ToString("X4", System.Globalization.CultureInfo.InvariantCulture), text[^6..^2]);
    }

    [Fact]
    public async Task Commands_of_a_further_platform_are_refused()
    {
        await using var bench = await ForwardBench.OpenAsync(Engine.Sqlite);
        var mn = await bench.StationAsync();
        await bench.ForwardAsync(mn);
        await bench.UploadAsync(mn, Start, 1);
        await bench.DeliveredAsync(1);
        await bench.Upper.AskAsync(Logger.Frame($"QN=20260301000000777;ST=32;CN=3011;PW=123456;MN={mn};Flag=5;CP=&&PolId=w01018&&").ToArray());
        await Eventually.That(() => bench.Upper.Answers.Count is 1);
        Assert.Contains($"QN=20260301000000777;ST=91;CN=9011;PW=123456;MN={mn};Flag=4;CP=&&QnRtn=2&&", bench.Upper.Answers.Single(), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-5.5.3-5")]
    public async Task Sample_stations_are_never_forwarded_and_a_government_platform_needs_its_written_consent()
    {
        await using var bench = await ForwardBench.OpenAsync(Engine.Sqlite);
        var (mn, sample) = (await bench.StationAsync(), await bench.StationAsync(sample: true));
        var (status, body) = await bench.PutAsync(new { kind = "park", host = "127.0.0.1", port = 1, stations = new[] { new { mn = sample } } });
        Assert.Equal((HttpStatusCode.Conflict, "forward.sample-station"), (status, body.GetProperty("type").GetString()));

        object Government(bool enabled) => new { kind = "government", host = "127.0.0.1", port = bench.Upper.Port, enabled, stations = new[] { new { mn } } };
        (status, body) = await bench.PutAsync(Government(true));
        Assert.Equal((HttpStatusCode.Conflict, "forward.consent-required"), (status, body.GetProperty("type").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await bench.PutAsync(Government(false))).Status);
        using var client = bench.House.Client(Roles.Dispatcher);
        using var letter = new ByteArrayContent("同意函"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        var path = "/api/v1/forward-targets/" + Uri.EscapeDataString(bench.Target) + "/consent";
        using var uploaded = await client.PostAsync(new Uri(path + "?fileName=letter.pdf", UriKind.Relative), letter, TestContext.Current.CancellationToken);
        Assert.Equal("letter.pdf", JsonDocument.Parse(await uploaded.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("consent").GetProperty("fileName").GetString());
        Assert.Equal("同意函"u8.ToArray(), await client.GetByteArrayAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, (await bench.PutAsync(Government(true))).Status);
        await bench.UploadAsync(mn, Start, 1);
        await bench.DeliveredAsync(1);
    }

    [Theory]
    [InlineData("host", "{\"kind\":\"park\",\"host\":\"no host\",\"port\":1}")]
    [InlineData("port", "{\"kind\":\"park\",\"host\":\"localhost\",\"port\":70000}")]
    [InlineData("kind", "{\"kind\":\"neighbour\",\"host\":\"localhost\",\"port\":1}")]
    [InlineData("kind", "{\"kind\":\"7\",\"host\":\"localhost\",\"port\":1}")]
    [InlineData("commands", "{\"kind\":\"park\",\"host\":\"localhost\",\"port\":1,\"commands\":[9014]}")]
    [InlineData("key", "{\"kind\":\"park\",\"host\":\"localhost\",\"port\":1,\"edition\":2025,\"key\":\"short\"}")]
    [InlineData("stations", "{\"kind\":\"park\",\"host\":\"localhost\",\"port\":1,\"stations\":[{\"mn\":\"nobody\"}]}")]
    [InlineData("stations", "{\"kind\":\"park\",\"host\":\"localhost\",\"port\":1,\"stations\":[null]}")]
    public async Task Bad_input_names_its_field(string field, string body)
    {
        await using var bench = await ForwardBench.OpenAsync(Engine.Sqlite);
        var (status, problem) = await bench.PutAsync(JsonDocument.Parse(body).RootElement);
        Assert.Equal((HttpStatusCode.BadRequest, field), (status, problem.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_target_that_refuses_is_shown_with_its_reason()
    {
        await using var bench = await ForwardBench.OpenAsync(Engine.Sqlite);
        var mn = await bench.StationAsync();
        bench.Upper.Answer = frame => Logger.Frame(Encoding.ASCII.GetString(frame)[6..26] + $";ST=91;CN=9011;PW=123456;MN={mn};Flag=4;CP=&&QnRtn=3&&").ToArray();
        await bench.ForwardAsync(mn);
        await bench.UploadAsync(mn, Start, 1);
        await Eventually.That(async () => (await bench.StateAsync()).GetProperty("trouble").GetString()?.Contains("QnRtn=3", StringComparison.Ordinal) is true);
        Assert.Equal(0, (await bench.StateAsync()).GetProperty("delivered").GetInt64());
    }
}
