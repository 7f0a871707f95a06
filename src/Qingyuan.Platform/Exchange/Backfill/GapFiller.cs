using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Exchange;
using Qingyuan.Rules.RemoteControl;
using Rule = Qingyuan.Rules.Exchange.Backfill;

namespace Qingyuan.Platform.Exchange.Backfill;

/// <summary>Asks loggers for what is missing, one question a station at a time, and writes down what came of it. Reads only; the answers come in like all data.</summary>
internal sealed class GapFiller(IDatabase database, ITelemetryReader reader, IRemoteControl remote, IFieldLines lines, IOptions<ExchangeOptions> options, TimeProvider clock)
{
    private const int MostAtOnce = 2000;

    /// <param name="now">Wall clock of the station.</param>
    public async Task FillAsync(StationInfo station, Resolution resolution, DateTime now, CancellationToken ct)
    {
        List<GapRow> open;
        await using (var db = database.Read())
            open = await Of(db, station.StationNo, resolution).Where(row => row.State == GapState.Missing || row.State == GapState.Requested).OrderBy(row => row.Start).Take(MostAtOnce).ToListAsync(ct);
        if (open.Count is 0) return;
        var ended = await EndedAsync(open, ct);
        open = await CloseAsync(station, resolution, open, ct);
        var asked = open.Where(gap => gap.State is GapState.Requested).ToList();
        if (asked.Count > 0) await AnsweredAsync(asked, ended, ct);
        else await AskAsync(station, resolution, open, now, ct);
    }

    /// <summary>Questions that have their answer. Looked up before the values are: what is missing of one that ended only afterwards may just have come.</summary>
    private async Task<Dictionary<Guid, CommandView>> EndedAsync(List<GapRow> open, CancellationToken ct)
    {
        var ended = new Dictionary<Guid, CommandView>();
        foreach (var id in open.Where(gap => gap.State is GapState.Requested).Select(gap => gap.CommandId!.Value).Distinct())
            if (await remote.FindAsync(id, ct) is { EndedAt: not null } command) ended.Add(id, command);
        return ended;
    }

    /// <summary>What came meanwhile is filled, asked for or not. Returns what is still missing.</summary>
    private async Task<List<GapRow>> CloseAsync(StationInfo station, Resolution resolution, List<GapRow> open, CancellationToken ct)
    {
        var length = GapFinder.Length(station, resolution);
        var came = new HashSet<DateTime>();
        foreach (var (first, last) in Rule.Runs(open.Select(gap => gap.Start), length, TimeSpan.FromDays(1)))
            came.UnionWith((await reader.ReadAllAsync(station.StationNo, resolution, first, last + length, ct)).Select(values => Rule.Start(values.DataTime, length)));
        var filled = open.Where(gap => came.Contains(gap.Start)).Select(gap => gap.Start).ToList();
        if (filled.Count is 0) return open;
        await SetAsync(station.StationNo, resolution, filled, GapState.Filled, null, ct);
        return open.Where(gap => !came.Contains(gap.Start)).ToList();
    }

    private async Task AnsweredAsync(List<GapRow> asked, Dictionary<Guid, CommandView> ended, CancellationToken ct)
    {
        foreach (var question in asked.GroupBy(gap => gap.CommandId))
        {
            if (!ended.TryGetValue(question.Key!.Value, out var command)) continue;
            var (state, why) = Rule.After(Answer(command), question.Max(gap => gap.Attempts));
            await SetAsync(command.StationNo, question.First().Resolution, [.. question.Select(gap => gap.Start)], state, why, ct);
        }
    }

    private static HistoryAnswer Answer(CommandView command) => (command.State, command.ReplyCode) switch
    {
        (CommandState.Done, _) => HistoryAnswer.Done,
        (CommandState.Failed, 100) => HistoryAnswer.NoData,
        (CommandState.Failed, _) => HistoryAnswer.Failed,
        (CommandState.Refused, not null) => HistoryAnswer.Refused,
        _ => HistoryAnswer.Unanswered,
    };

    private async Task AskAsync(StationInfo station, Resolution resolution, List<GapRow> missing, DateTime now, CancellationToken ct)
    {
        var tooOld = missing.Where(gap => Rule.IsTooOld(gap.Start, now, options.Value.LoggersKeep)).ToList();
        if (tooOld.Count > 0) await SetAsync(station.StationNo, resolution, [.. tooOld.Select(gap => gap.Start)], GapState.Unfillable, "gap.too-old", ct);
        var length = GapFinder.Length(station, resolution);
        // The newest first: what is missing from the day that runs still counts for its judgement.
        var run = Rule.Runs(missing.Except(tooOld).Select(gap => gap.Start), length, resolution is Resolution.Minute ? TimeSpan.FromHours(6) : TimeSpan.FromDays(3)).Cast<(DateTime First, DateTime Last)?>().LastOrDefault();
        if (run is not var (first, last) || !lines.IsLinked(station.StationNo) || await AskedLatelyAsync(station.StationNo, ct)) return;
        var attempt = missing.Where(gap => gap.Start >= first && gap.Start <= last).Max(gap => gap.Attempts) + 1;
        var request = new CommandRequest(
            station.StationNo, resolution is Resolution.Minute ? "read-minutes" : "read-hours", new Dictionary<string, string> { ["from"] = Wall(first), ["to"] = Wall(last) }, $"{Rule.Id}", null);
        var cause = string.Create(CultureInfo.InvariantCulture, $"backfill:{resolution}:{first:yyyyMMddHHmm}:{last:yyyyMMddHHmm}:{clock.GetUtcNow().ToUnixTimeSeconds()}");
        var started = await remote.StartAsync(request, Rule.Id.ToString(), cause, ct);
        if (!started.TryGet(out var command, out _)) return; // off line, or too many commands: the next look asks again
        await database.WriteAsync((db, token) => Of(db, station.StationNo, resolution).Where(row => row.Start >= first && row.Start <= last && row.State == GapState.Missing).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, GapState.Requested).SetProperty(row => row.Attempts, attempt).SetProperty(row => row.CommandId, command.Id).SetProperty(row => row.AskedAt, command.AskedAt), token), ct);
    }

    private async Task<bool> AskedLatelyAsync(int stationNo, CancellationToken ct)
    {
        var hourAgo = clock.GetUtcNow().AddHours(-1);
        await using var db = database.Read();
        return await db.Set<GapRow>().Where(row => row.StationNo == stationNo && row.AskedAt >= hourAgo).Select(row => row.CommandId).Distinct().CountAsync(ct) >= options.Value.QuestionsPerHour;
    }

    private Task<int> SetAsync(int stationNo, Resolution resolution, List<DateTime> starts, GapState state, string? why, CancellationToken ct)
    {
        var ended = state is GapState.Filled or GapState.Unfillable ? clock.GetUtcNow() : (DateTimeOffset?)null;
        return database.WriteAsync((db, token) => Of(db, stationNo, resolution).Where(row => starts.Contains(row.Start)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, state).SetProperty(row => row.Why, why).SetProperty(row => row.EndedAt, ended), token), ct);
    }

    private static IQueryable<GapRow> Of(QingyuanDb db, int stationNo, Resolution resolution) => db.Set<GapRow>().Where(row => row.StationNo == stationNo && row.Resolution == resolution);

    private static string Wall(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
