using System.Globalization;
using System.Text.Json;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>What goes beside the order of the log: data a target does not answer, and what waited while it was away.</summary>
[Requirement("R-5.5.3-5")]
public class ForwardLaneTests(ImpatientHouses impatient) : IClassFixture<ImpatientHouses>
{
    private static readonly DateTime Start = new(2026, 3, 1, 0, 0, 0);

    [Theory]
    [InlineData(Engine.Sqlite, 8)]
    [InlineData(Engine.Sqlite, 1)]
    [InlineData(Engine.Postgres, 8)]
    public async Task Data_a_target_never_answers_hold_up_no_others_and_go_when_it_does(Engine engine, int window)
    {
        await using var bench = ForwardBench.At(await impatient.OfAsync(engine));
        var mn = await bench.StationAsync();
        bench.Upper.Answer = frame => Command(frame) is 2061 ? null : UpperPlatform.DataReply(frame);
        await bench.ForwardAsync(window, newFirst: false, mn);
        for (var hour = 0; hour < 3; hour++)
        {
            await bench.UploadAsync(mn, Start.AddHours(hour), 10);
            await bench.UploadAsync(mn, Start.AddHours(hour), 1, command: 2061);
        }

        await bench.DeliveredAsync(30);
        var lane = Assert.Single(await LanesAsync(bench, lanes => lanes.Count is 1));
        Assert.Equal(("unanswered", 2061), (lane.GetProperty("kind").GetString(), lane.GetProperty("command").GetInt32()));

        bench.Upper.Answer = UpperPlatform.DataReply;
        await bench.UploadAsync(mn, Start.AddHours(3), 10);
        await bench.DeliveredAsync(43);
        Assert.Empty(await LanesAsync(bench, lanes => lanes.Count is 0));
        Assert.Equal(Qns(40, "001", minute => Start.AddHours(minute / 10).AddMinutes(minute % 10)), Told(bench, 2051).Distinct());
        Assert.Equal(Qns(3, "001", hour => Start.AddHours(hour)), Told(bench, 2061).Distinct());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task One_frame_a_target_never_answers_waits_alone(int window)
    {
        await using var bench = ForwardBench.At(await impatient.OfAsync(Engine.Sqlite));
        var mn = await bench.StationAsync();
        bench.Upper.Answer = frame => Qn(frame) == $"{Start.AddMinutes(5):yyyyMMddHHmmss}001" ? null : UpperPlatform.DataReply(frame);
        await bench.ForwardAsync(window, newFirst: false, mn);
        await bench.UploadAsync(mn, Start, 20);
        await bench.UploadAsync(mn, Start, 1, command: 2061);
        await bench.DeliveredAsync(20);
        var lane = Assert.Single(await LanesAsync(bench, lanes => lanes.Count is 1));
        Assert.Equal(2051, lane.GetProperty("command").GetInt32());

        bench.Upper.Answer = UpperPlatform.DataReply;
        await bench.DeliveredAsync(21);
        await LanesAsync(bench, lanes => lanes.Count is 0);
    }

    [Fact]
    public async Task A_target_that_answers_nothing_is_down_and_loses_nothing()
    {
        await using var bench = ForwardBench.At(await impatient.OfAsync(Engine.Sqlite));
        var mn = await bench.StationAsync();
        bench.Upper.Answer = _ => null;
        await bench.ForwardAsync(mn);
        await bench.UploadAsync(mn, Start, 5);
        await bench.UploadAsync(mn, Start, 1, command: 2061);
        await Eventually.That(async () => (await bench.StateAsync()).GetProperty("trouble").GetString() is "the target does not answer");
        Assert.Empty((await bench.StateAsync()).GetProperty("lanes").EnumerateArray());
        bench.Upper.Answer = UpperPlatform.DataReply;
        await bench.DeliveredAsync(6);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task After_an_outage_new_data_go_before_what_waited_where_that_is_wanted(Engine engine)
    {
        const int Old = 500;
        await using var bench = await ForwardBench.OpenAsync(engine);
        var mn = await bench.StationAsync();
        bench.Upper.GoAway();
        await bench.ForwardAsync(window: 1, newFirst: true, mn);
        await bench.UploadAsync(mn, Start, Old);
        using var gate = new ManualResetEventSlim();
        bench.Upper.Answer = frame =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            return UpperPlatform.DataReply(frame);
        };
        bench.Upper.Open();
        await Eventually.That(() => !bench.Upper.Received.IsEmpty);
        await bench.UploadAsync(mn, Start.AddDays(1), 3);
        gate.Set();
        await bench.DeliveredAsync(Old + 3);
        var told = Told(bench, 2051).Distinct().ToList(); // one that is late is sent again
        Assert.Equal(Old + 3, told.Count);
        Assert.True(told.FindLastIndex(IsNew) < Old, "What waited went first.");
        Assert.Equal(Qns(Old, "001", minute => Start.AddMinutes(minute)), told.Where(qn => !IsNew(qn)));
        await LanesAsync(bench, lanes => lanes.Count is 0);

        static bool IsNew(string qn) => qn.StartsWith($"{Start.AddDays(1):yyyyMMdd}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lanes_survive_cut_lines_and_being_switched_off()
    {
        await using var bench = ForwardBench.At(await impatient.OfAsync(Engine.Sqlite));
        var mn = await bench.StationAsync();
        var heard = 0;
        bench.Upper.Answer = frame =>
        {
            if (Command(frame) is 2061) return null;
            if (Interlocked.Increment(ref heard) % 15 is not 0) return UpperPlatform.DataReply(frame);
            bench.Upper.CutLines();
            return null;
        };
        bench.Upper.GoAway();
        await bench.ForwardAsync(8, newFirst: true, mn);
        await bench.UploadAsync(mn, Start, 30);
        await bench.UploadAsync(mn, Start, 2, command: 2061);
        bench.Upper.Open();
        await bench.UploadAsync(mn, Start.AddMinutes(30), 10);
        await bench.DeliveredAsync(5);
        await bench.PutAsync(new { kind = "park", host = "127.0.0.1", port = bench.Upper.Port, newFirst = true, enabled = false, stations = new[] { new { mn } } });
        await bench.UploadAsync(mn, Start.AddMinutes(40), 20);
        bench.Upper.Answer = UpperPlatform.DataReply;
        await bench.ForwardAsync(8, newFirst: true, mn);
        await LanesAsync(bench, lanes => lanes.Count is 0);
        await Eventually.That(() => Told(bench, 2051).Distinct().Count() is 60 && Told(bench, 2061).Distinct().Count() is 2);
    }

    private static async Task<List<JsonElement>> LanesAsync(ForwardBench bench, Func<List<JsonElement>, bool> wanted)
    {
        List<JsonElement> lanes = [];
        await Eventually.That(async () => wanted(lanes = [.. (await bench.StateAsync()).GetProperty("lanes").EnumerateArray()]));
        return lanes;
    }

    private static IEnumerable<string> Told(ForwardBench bench, int command) => bench.Upper.Texts.Where(text => text.Contains($";CN={command};", StringComparison.Ordinal)).Select(text => text[9..26]);

    private static IEnumerable<string> Qns(int count, string end, Func<int, DateTime> at) => Enumerable.Range(0, count).Select(each => at(each).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + end);

    private static string Qn(byte[] frame) => System.Text.Encoding.ASCII.GetString(frame)[9..26];

    private static int Command(byte[] frame) => int.Parse(System.Text.Encoding.ASCII.GetString(frame).Split(";CN=")[1].AsSpan(0, 4), CultureInfo.InvariantCulture);
}
