using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Platform.Exchange.Backfill;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest;
using Qingyuan.Platform.Tests.RemoteControl;
using Qingyuan.Rules.Exchange;

namespace Qingyuan.Platform.Tests.Exchange;

public class BackfillTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromMinutes(10);

    /// <summary>Eight in the morning of two days ago: old enough to be over, young enough to be kept.</summary>
    private static readonly DateTime Start = StationClock.Wall(TimeProvider.System.GetUtcNow()).Date.AddDays(-2).AddHours(8);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_hour_that_did_not_come_is_a_row_each_minute_is_asked_for_by_itself_and_filled(Engine engine)
    {
        var house = await HouseAsync(engine);
        await UploadAsync(house, Start, Start.AddHours(2));
        await UploadAsync(house, Start.AddHours(3), Start.AddHours(4));
        await using var field = await house.Bench.ConnectAsync();
        field.History = question => question.Body is HistoryRequest asked ? Frames(house, asked.Begin, asked.End) : [];
        await LookAsync(house, Start.AddHours(5));
        var found = await house.Backfill.ListAsync(new(house.Station.StationNo, Start, Start.AddHours(6), Resolution.Minute), Token);
        Assert.Equal(Enumerable.Range(12, 6).Select(period => Start + (Ten * period)), found.Where(gap => gap.Start < Start.AddHours(4)).Select(gap => gap.Start));

        var filler = house.Bench.Services.GetRequiredService<GapFiller>();
        await Eventually.That(async () =>
        {
            await filler.FillAsync(house.Station, Resolution.Minute, Start.AddHours(5), Token);
            return (await house.Backfill.ListAsync(new(house.Station.StationNo, Start, Start.AddHours(4), Resolution.Minute), Token)).All(gap => gap.State is GapState.Filled);
        });
        var question = field.CarriedOut.Single(message => message.Body is HistoryRequest request && request.Begin == Start.AddHours(2));
        Assert.Equal((2051, Start.AddHours(2).AddMinutes(50)), (question.Command, ((HistoryRequest)question.Body).End));
    }

    [Theory]
    [InlineData(ExecutionResult.NoData, "gap.no-data")]
    [InlineData(ExecutionResult.Done, "gap.not-kept")]
    public async Task What_a_logger_does_not_have_stays_visible_with_the_reason_until_a_person_asks_again(ExecutionResult result, string why)
    {
        var house = await HouseAsync(Engine.Sqlite);
        await UploadAsync(house, Start, Start.AddHours(1));
        await UploadAsync(house, Start.AddHours(2), Start.AddHours(3));
        await using var field = await house.Bench.ConnectAsync();
        field.Finish = _ => result;
        await LookAsync(house, Start.AddHours(3).AddMinutes(10));
        var filler = house.Bench.Services.GetRequiredService<GapFiller>();
        await Eventually.That(async () =>
        {
            await filler.FillAsync(house.Station, Resolution.Minute, Start.AddHours(4), Token);
            return (await GapsAsync(house)).All(gap => gap.State is GapState.Unfillable);
        });
        Assert.All(await GapsAsync(house), gap => Assert.Equal((why, 1), (gap.Why, gap.Attempts)));

        using var person = await house.Bench.PersonAsync(Roles.Dispatcher, fresh: false);
        var (status, asked) = await person.PostAsync($"/stations/{house.Station.Mn}/gaps/ask-again", new { resolution = "minute", from = Stamp(Start), to = Stamp(Start.AddHours(4)) });
        Assert.Equal((HttpStatusCode.OK, 6), (status, asked.GetProperty("periods").GetInt32()));
        Assert.All(await GapsAsync(house), gap => Assert.Equal((GapState.Missing, 0), (gap.State, gap.Attempts)));
        var (_, listed) = await person.GetAsync($"/stations/{house.Station.Mn}/gaps?state=missing&resolution=minute&from={Uri.EscapeDataString(Stamp(Start))}");
        Assert.Equal(6, listed.GetArrayLength());
    }

    [Fact]
    public async Task Values_that_come_while_they_are_looked_for_are_not_said_to_be_lost()
    {
        var house = await HouseAsync(Engine.Sqlite);
        await UploadAsync(house, Start, Start.AddHours(1));
        await UploadAsync(house, Start.AddHours(2), Start.AddHours(3));
        await using var field = await house.Bench.ConnectAsync();
        var answer = new TaskCompletionSource();
        field.History = question =>
        {
            answer.Task.Wait(Token);
            return question.Body is HistoryRequest asked ? Frames(house, asked.Begin, asked.End) : [];
        };
        await LookAsync(house, Start.AddHours(3));
        var filler = house.Bench.Services.GetRequiredService<GapFiller>();
        await filler.FillAsync(house.Station, Resolution.Minute, Start.AddHours(4), Token);
        var command = (await GapsAsync(house))[0].Command!.Value;
        var remote = house.Bench.Services.GetRequiredService<IRemoteControl>();

        var late = ActivatorUtilities.CreateInstance<GapFiller>(house.Bench.Services, new ReadBefore(house.Bench.Services.GetRequiredService<ITelemetryReader>(), async () =>
        {
            answer.SetResult();
            await Eventually.That(async () => await remote.FindAsync(command, Token) is { EndedAt: not null });
        }));
        await late.FillAsync(house.Station, Resolution.Minute, Start.AddHours(4), Token);

        Assert.All(await GapsAsync(house), gap => Assert.Equal((GapState.Requested, null), (gap.State, gap.Why)));
        await filler.FillAsync(house.Station, Resolution.Minute, Start.AddHours(4), Token);
        Assert.All(await GapsAsync(house), gap => Assert.Equal(GapState.Filled, gap.State));
    }

    [Fact]
    public async Task A_station_that_never_sent_such_data_misses_none_and_nobody_off_line_is_asked()
    {
        var house = await HouseAsync(Engine.Sqlite);
        await LookAsync(house, Start.AddHours(5));
        Assert.Empty(await GapsAsync(house));
        await UploadAsync(house, Start, Start.AddHours(1));
        await LookAsync(house, Start.AddHours(3));
        await Eventually.That(() => !house.Bench.Services.GetRequiredService<Platform.Ingest.Contracts.IFieldLines>().IsLinked(house.Station.StationNo));
        await house.Bench.Services.GetRequiredService<GapFiller>().FillAsync(house.Station, Resolution.Minute, Start.AddHours(4), Token);
        Assert.All(await GapsAsync(house), gap => Assert.Equal((GapState.Missing, 0), (gap.State, gap.Attempts)));
        await house.Bench.Services.GetRequiredService<GapFiller>().FillAsync(house.Station, Resolution.Minute, Start.AddDays(40), Token);
        Assert.All(await GapsAsync(house), gap => Assert.Equal((GapState.Unfillable, "gap.too-old"), (gap.State, gap.Why)));
    }

    [Fact]
    [Requirement("R-5.5.3-5")]
    public async Task A_list_of_what_another_platform_received_is_compared_line_by_line()
    {
        var house = await HouseAsync(Engine.Sqlite);
        await UploadAsync(house, Start, Start.AddHours(1));
        using var client = house.Bench.Client(Roles.Dispatcher);
        var list = $"时间,COD\r\n{Start:yyyy-MM-dd HH:mm:ss},18.2\r\n{Start.AddMinutes(20):yyyy-MM-dd HH:mm:ss},18.2\r\nnot a time\r\n{Start.AddHours(-1):yyyy-MM-dd HH:mm:ss},1\r\n";
        using var response = await client.PostAsync(new Uri($"/api/v1/stations/{house.Station.Mn}/gaps/compare?resolution=minute", UriKind.Relative), new StringContent(list), Token);
        var found = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((2, 1, 2), (found.GetProperty("both").GetInt32(), found.GetProperty("onlyThere").GetArrayLength(), found.GetProperty("notRead").GetArrayLength()));
        Assert.Equal([Start.AddMinutes(10)], found.GetProperty("onlyHere").EnumerateArray().Select(at => at.GetDateTimeOffset().DateTime));
        Assert.Equal(4, found.GetProperty("notRead")[1].GetProperty("line").GetInt32());
        using var empty = await client.PostAsync(new Uri($"/api/v1/stations/{house.Station.Mn}/gaps/compare", UriKind.Relative), new StringContent("nothing"), Token);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }

    /// <summary>Reads what is there, and has something happen before it says so.</summary>
    private sealed class ReadBefore(ITelemetryReader all, Func<Task> then) : ITelemetryReader
    {
        public Task<IReadOnlyList<ReadingRow>> ReadAsync(SeriesQuery query, CancellationToken ct) => all.ReadAsync(query, ct);

        public async Task<IReadOnlyList<ReportedValues>> ReadAllAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, CancellationToken ct)
        {
            var read = await all.ReadAllAsync(stationNo, resolution, from, to, ct);
            await then();
            return read;
        }

        public Task<IReadOnlyList<LatestValue>> LatestAsync(int stationNo, CancellationToken ct) => all.LatestAsync(stationNo, ct);
    }

    private static string Stamp(DateTime wall) => $"{wall:yyyy-MM-dd'T'HH:mm:ss}+08:00";

    private sealed record House(RemoteBench Bench, StationInfo Station, IBackfill Backfill);

    private static async Task<House> HouseAsync(Engine engine)
    {
        var bench = await RemoteBench.OpenAsync(engine);
        var station = bench.Services.GetRequiredService<IStationDirectory>().Find(bench.Mn)!;
        return new(bench, station with { MinuteInterval = 10 }, bench.Services.GetRequiredService<IBackfill>());
    }

    private static Task LookAsync(House house, DateTime now) => house.Bench.Services.GetRequiredService<GapFinder>().LookAsync(house.Station, Resolution.Minute, null, now, Token);

    private static async Task<IReadOnlyList<GapView>> GapsAsync(House house) => await house.Backfill.ListAsync(new(house.Station.StationNo, Start, Start.AddHours(6), Resolution.Minute), Token);

    private static IEnumerable<byte[]> Frames(House house, DateTime from, DateTime to)
    {
        for (var at = from; at <= to; at += Ten)
            yield return Logger.Frame(string.Create(CultureInfo.InvariantCulture, $"QN={at:yyyyMMddHHmmss}002;ST=32;CN=2051;PW=123456;MN={house.Station.Mn};Flag=4;CP=&&DataTime={at:yyyyMMddHHmmss};w01018-Avg=18.2,w01018-Flag=N&&")).ToArray();
    }

    /// <summary>Ten-minute data of [from, to), in the chunks before it returns.</summary>
    private static async Task UploadAsync(House house, DateTime from, DateTime to)
    {
        using var logger = await Logger.ConnectAsync(house.Bench.Hj212);
        foreach (var frame in Frames(house, from, to - Ten)) await logger.SendAsync(frame);
        var reader = house.Bench.Services.GetRequiredService<ITelemetryReader>();
        await Eventually.That(async () => (await reader.ReadAllAsync(house.Station.StationNo, Resolution.Minute, to - Ten, to, Token)).Count > 0);
    }
}
