using System.Globalization;
using Qingyuan.SampleSite.Outlets;

namespace Qingyuan.SampleSite.Loggers;

/// <summary>What the sample logger answers to requests of the platform: 9011, then data where asked, then 9012.</summary>
/// <remarks>Holds the settings a logger holds (intervals, resend rules); commands it does not know are refused with QnRtn=8.</remarks>
internal sealed class Responder(Outlet outlet, TimeProvider clock)
{
    /// <summary>A maker's own commands, as <c>Data/adapters</c> declares them: four of the sampler, the standard check, the restart.</summary>
    private static readonly string[] Own = ["8001", "8002", "8003", "8004", "8005"];

    private static readonly string[] Accepted = ["1000", "1012", "1062", "1064", "1072", "2011", "2012", "2021", "2022", "3011", "3012", "3013", "3014", "3016", "3021", .. Own];
    private int _bottle;

    public int RealtimeSeconds { get; private set; } = 30;

    public bool RealtimeOn { get; private set; } = true;

    public IReadOnlyList<string> Answer(string request)
    {
        var (command, id) = (Peer.Field(request, "CN"), Peer.Field(request, "QN"));
        if (Peer.Field(request, "PW") != Outlet.Password) return [Segment.Reply(outlet, "9011", id, "QnRtn=3")];
        // Notifications ask for 9013 only.
        if (command is "2012" or "2022") { Apply(command, request); return [Segment.Reply(outlet, "9013", id, "")]; }
        var data = Data(command, request);
        if (data.Count == 0 && !Accepted.Contains(command)) return [Segment.Reply(outlet, "9011", id, "QnRtn=8")];
        if (command == "3021") return [Segment.Reply(outlet, "9011", id, "QnRtn=2")];
        Apply(command, request);
        return [Segment.Reply(outlet, "9011", id, "QnRtn=1"), .. data.Select(area => Reply(command, id, area)), Segment.Reply(outlet, "9012", id, "ExeRtn=1")];
    }

    private string Reply(string command, string id, string area) => command is "2051" or "2061" or "2031"
        ? Segment.Data(outlet, command, Segment.NewRequestId(Wall), area)
        : Segment.Data(outlet, command, id, area);

    private DateTime Wall => clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime;

    private List<string> Data(string command, string request) => command switch
    {
        "1011" => [Prefix(request) + $"SystemTime={Area.Stamp(Wall)}"],
        "1061" => [$"RtdInterval={RealtimeSeconds}"],
        "1063" => [$"MinInterval={outlet.MinuteInterval}"],
        "2051" => History(request, TimeSpan.FromMinutes(outlet.MinuteInterval)),
        "2061" => History(request, TimeSpan.FromHours(1)),
        "2031" => History(request, TimeSpan.FromDays(1)),
        "3015" => [$"DataTime={Area.Stamp(Wall)};VaseNo={++_bottle}"],
        "3017" => [Prefix(request) + "CstartTime=000000;CTime=2"],
        "3018" => [Prefix(request) + "Stime=40"],
        "3019" => [Prefix(request) + $"{Peer.Field(request, "PolId")}-SN={outlet.Mn[..Math.Min(20, outlet.Mn.Length)]}0001"],
        "3020" => [$"DataTime={Area.Stamp(Wall)};" + Prefix(request) + Info(Peer.Field(request, "InfoId"))],
        _ => [],
    };

    private static string Info(string id) => id switch
    {
        "i12001" => "i12001-Info=0",
        "i13001" => "i13001-Info=100",
        "i22001" => "i22001-Info=0",
        _ => $"{id}-Info=0",
    };

    private static string Prefix(string request) => Peer.Field(request, "PolId") is { Length: > 0 } factor ? $"PolId={factor};" : "";

    /// <summary>At most 24 hours back, at most 1,500 records: what this logger keeps.</summary>
    private List<string> History(string request, TimeSpan period)
    {
        if (!Time(Peer.Field(request, "BeginTime"), out var from) || !Time(Peer.Field(request, "EndTime"), out var to)) return [];
        if (from < Wall.AddDays(-1).Date) from = Wall.AddDays(-1).Date;
        var first = new DateTime((from.Ticks + period.Ticks - 1) / period.Ticks * period.Ticks);
        var areas = new List<string>();
        for (var start = first; start <= to && start + period <= Wall && areas.Count < 1500; start += period) areas.Add(Area.Summary(outlet, start, period));
        return areas;
    }

    private void Apply(string command, string request)
    {
        if (command == "1062" && int.TryParse(Peer.Field(request, "RtdInterval"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 30 and <= 3600)
            RealtimeSeconds = seconds;
        if (command == "2011") RealtimeOn = true;
        if (command == "2012") RealtimeOn = false;
    }

    private static bool Time(string text, out DateTime time) =>
        DateTime.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
