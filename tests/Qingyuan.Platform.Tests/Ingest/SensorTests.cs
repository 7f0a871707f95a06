using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest.Doubles;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Ingest;

public sealed class SensorTests
{
    private const string Report = """{"at":"2026-03-01T08:00:00+08:00","readings":{"i33101":"23.50","i33102":61},"states":{"i32001":"1"},"logs":{"i31001":"开门：李工"}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("R-5.6.2-2")]
    [Requirement("R-5.6.2-1i")]
    public async Task A_report_over_http_is_kept_as_sent_and_becomes_readings_states_and_a_door_log()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var mn = await StationAsync(house);
        var (status, body) = await SendAsync(house, mn, "123456", Report);
        Assert.Equal(HttpStatusCode.OK, status);
        using var client = house.Client(Roles.Regulator);
        Assert.Equal(Report, await client.GetStringAsync(new Uri("/api/v1/frames/" + body.GetProperty("frameId").GetString(), UriKind.Relative), Token));
        await Eventually.That(async () => (await client.GetStringAsync(new Uri($"/api/v1/stations/{mn}/readings?factor=i33101&from=2026-03-01T00:00:00%2B08:00&to=2026-03-02T00:00:00%2B08:00", UriKind.Relative), Token)).Contains("23.50", StringComparison.Ordinal));
        await Eventually.That(async () => await client.GetStringAsync(new Uri($"/api/v1/ledger-entries?subject=station:{mn}&kind=device.", UriKind.Relative), Token) is var history
            && history.Contains("device.log", StringComparison.Ordinal) && history.Contains("device.state", StringComparison.Ordinal));
        // The same bytes again are the same report.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(house, mn, "123456", Report)).Status);
        Assert.Contains("repeated", await client.GetStringAsync(new Uri($"/api/v1/frames?mn={mn}", UriKind.Relative), Token), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("at", """{"readings":{"i33101":"1"}}""")]
    [InlineData("at", """{"at":"yesterday","readings":{"i33101":"1"}}""")]
    [InlineData("readings.w01018", """{"at":"2026-03-01T08:00:00+08:00","readings":{"w01018":"1"}}""")]
    [InlineData("readings.a21026", """{"at":"2026-03-01T08:00:00+08:00","readings":{"a21026":"1"}}""")]
    [InlineData("readings.i33101", """{"at":"2026-03-01T08:00:00+08:00","readings":{"i33101":"warm"}}""")]
    [InlineData("states.i33101", """{"at":"2026-03-01T08:00:00+08:00","states":{"i33101":"1"}}""")]
    [InlineData("states", """{"at":"2026-03-01T08:00:00+08:00","states":[1]}""")]
    [InlineData("readings", """{"at":"2026-03-01T08:00:00+08:00"}""")]
    [InlineData("body", "[]")]
    [InlineData("body", "{")]
    public async Task Bad_input_names_its_field_and_a_sensor_measures_no_pollutant(string field, string body)
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var (status, problem) = await SendAsync(house, await StationAsync(house), "123456", body);
        Assert.Equal((HttpStatusCode.BadRequest, field), (status, problem.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_the_language_of_the_platform()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var (_, problem) = await SendAsync(house, await StationAsync(house), "123456", """{"at":"2026-03-01T08:00:00+08:00","readings":{"w01018":"1"}}""");
        Assert.Equal("应为站房、门禁、用电或工况的编码：i…、d…、e…、g…、p…", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_stranger_and_a_wrong_password_are_sent_away_and_too_much_is_refused()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var mn = await StationAsync(house);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(house, mn, "654321", Report)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(house, "NOBODY", "123456", Report)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(house, mn, "123456", Report + new string(' ', 9000))).Status);
        using var without = house.Client();
        using var response = await without.PostAsync(new Uri("/api/v1/sensor-reports", UriKind.Relative), new StringContent(Report), Token);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Over_mqtt_the_acknowledgement_comes_when_the_report_is_durable_and_not_before()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add("M");
        host.Log.CommitsAtOnce = false;
        using var sensor = await Sensor.ConnectAsync(host.Sensors, "M", "123456");
        var publishing = sensor.PublishAsync("qingyuan/M/report", Report);
        await Eventually.That(() => host.Log.Open is 1);
        Assert.False(publishing.IsCompleted);
        host.Log.Commit();
        Assert.Equal(MqttClientPublishReasonCode.Success, (await publishing).ReasonCode);
        await Eventually.That(() => host.Twins.Applied.Count is 1);
        Assert.Equal(("sensor", "23.50"), (host.Twins.Applied.Single().Report.Command, host.Twins.Applied.Single().Report.Values[0].Text));
    }

    [Fact]
    public async Task Over_mqtt_a_wrong_password_another_topic_and_a_bad_report_are_refused()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add("M");
        host.Stations.Add("N");
        await Assert.ThrowsAnyAsync<Exception>(() => Sensor.ConnectAsync(host.Sensors, "M", "654321"));
        using var sensor = await Sensor.ConnectAsync(host.Sensors, "M", "123456");
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await sensor.PublishAsync("qingyuan/N/report", Report)).ReasonCode);
        Assert.Equal(MqttClientPublishReasonCode.PayloadFormatInvalid, (await sensor.PublishAsync("qingyuan/M/report", "{}")).ReasonCode);
        Assert.Empty(host.Log.Stored);
    }

    [Fact]
    public async Task Over_mqtt_with_tls_the_chain_is_shown_and_a_plain_caller_gets_nowhere()
    {
        using var authority = new TestAuthority();
        var house = await HostHouse.AloneAsync(Engine.Sqlite, ("Ingest:Mqtt", "127.0.0.1:0"), ("Ingest:MqttCertificate", authority.ServerFile()));
        try
        {
            var mn = await StationAsync(house);
            await Assert.ThrowsAnyAsync<Exception>(() => Sensor.ConnectAsync(house.Sensors, mn, "123456"));
            using var sensor = await Sensor.ConnectAsync(house.Sensors, mn, "123456", authority);
            Assert.Equal(MqttClientPublishReasonCode.Success, (await sensor.PublishAsync($"qingyuan/{mn}/report", Report)).ReasonCode);
            using var client = house.Client(Roles.Regulator);
            Assert.Contains("accepted", await client.GetStringAsync(new Uri($"/api/v1/frames?mn={mn}", UriKind.Relative), Token), StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            await house.DisposeAsync(); // also with a sensor that does not go
        }
    }

    [Fact]
    public async Task From_a_broker_of_another_a_report_is_acknowledged_when_durable_and_sent_again_when_it_could_not_be_stored()
    {
        await using var broker = await StrangersBroker.StartAsync();
        using var sensor = await broker.SensorAsync();
        await using var host = await IngestHost.StartAsync(options => options.MqttFrom = new() { Address = broker.Address, Topic = "site/+/env" });
        host.Stations.Add("M");
        await Eventually.That(() => broker.Subscribed.Contains("site/+/env"));
        host.Log.CommitsAtOnce = false;
        await sensor.PublishAsync("site/M/env", Report);
        await Eventually.That(() => host.Log.Open is 1);
        Assert.Equal(0, broker.Acknowledged);
        host.Log.FailBatch();
        host.Log.CommitsAtOnce = true;
        await Eventually.That(() =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(30)); // the pause before the next call
            return broker.Acknowledged is 1;
        });
        await Eventually.That(() => host.Twins.Applied.Count is 1);
        Assert.Equal("mqtt " + broker.Address, host.Log.Stored.Single().Arrival.Source);
    }

    [Fact]
    public async Task From_a_broker_of_another_what_cannot_be_taken_is_kept_with_its_reason()
    {
        await using var broker = await StrangersBroker.StartAsync();
        using var sensor = await broker.SensorAsync();
        await using var host = await IngestHost.StartAsync(options => options.MqttFrom = new() { Address = broker.Address });
        host.Stations.Add("M");
        await Eventually.That(() => broker.Subscribed.Count is 1);
        await sensor.PublishAsync("qingyuan/M/report", "{}");
        await sensor.PublishAsync("qingyuan/NOBODY/report", Report);
        await Eventually.That(() => broker.Acknowledged is 2);
        Assert.Equal([(FrameVerdict.Rejected, "ReportInvalid"), (FrameVerdict.Quarantined, "UnknownMn")], host.Log.Stored.Select(frame => (frame.Arrival.Verdict, frame.Arrival.Why!)));
        Assert.Equal("NOBODY", host.Log.Stored[^1].Arrival.Mn);
        Assert.Empty(host.Twins.Applied);
    }

    private static async Task<string> StationAsync(HostHouse house)
    {
        var mn = "SENSOR" + Guid.CreateVersion7().ToString("N")[^12..];
        Assert.True((await house.Services.GetRequiredService<IStationArchive>().AddAsync(new(mn, "传感", StationKind.Water, 2017, "123456"), Actor.Service("test", "self"), Token)).IsOk);
        return mn;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HostHouse house, string mn, string password, string body)
    {
        using var client = house.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{mn}:{password}")));
        using var response = await client.PostAsync(new Uri("/api/v1/sensor-reports", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Token);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement);
    }}
