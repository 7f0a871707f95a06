using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.RemoteControl.Commands;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Parameters;

/// <summary>Compares filed with actual: every ten minutes what devices told of themselves, and once a day after reading them.</summary>
internal sealed class ParameterScan(IDatabase database, ParameterBook book, IRemoteControl remote, IAlarmDesk desk, IFieldLines lines, IStationDirectory stations, IOptions<RemoteControlOptions> options, TimeProvider clock) : IDueScan
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    private DateTimeOffset _next = clock.GetUtcNow() + AfterStart;

    public string Name => "filed parameters";

    public async Task ScanAsync(CancellationToken ct)
    {
        if (clock.GetUtcNow() < _next) return;
        _next = clock.GetUtcNow() + Every;
        await CompareAsync(ct);
    }

    /// <summary>One round: reads what is due today, judges all.</summary>
    public async Task CompareAsync(CancellationToken ct)
    {
        List<FiledParameterRow> filed;
        await using (var db = database.Read()) filed = await db.Set<FiledParameterRow>().ToListAsync(ct);
        var now = StationClock.Wall(clock.GetUtcNow());
        foreach (var station in filed.GroupBy(row => row.StationNo))
        {
            if (stations.InUse(station.Key) is null) continue;
            // Off line it would only be refused: it is read when it is back.
            if (TimeOnly.FromDateTime(now) >= options.Value.ReadParametersAt && lines.IsLinked(station.Key)) await ReadAsync(station.Key, [.. station], now, ct);
            foreach (var parameter in book.Beside(station.Key, [.. station]).Where(each => each.Filed is not null)) await JudgeAsync(parameter, now, ct);
        }
    }

    private async Task ReadAsync(int stationNo, List<FiledParameterRow> filed, DateTime now, CancellationToken ct)
    {
        var day = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        List<string?> asked;
        await using (var db = database.Read()) asked = await db.Set<CommandRow>().Where(row => row.StationNo == stationNo && row.Cause != null && row.Cause.StartsWith("parameter:" + day)).Select(row => row.Cause).ToListAsync(ct);
        foreach (var row in filed)
        {
            var cause = $"parameter:{day}:{row.Code}:{row.Factor}";
            if (asked.Contains(cause)) continue;
            var parameters = new Dictionary<string, string> { ["infoId"] = row.Code };
            if (row.Factor.Length > 0) parameters[OperationCatalogue.Factor] = row.Factor;
            // What stands against it (too many commands in this hour) is kept with the refused command.
            if (!(await remote.StartAsync(new(stationNo, "read-information", parameters, FiledParameters.Id.ToString(), null), FiledParameters.Id.ToString(), cause, ct)).TryGet(out _, out _)) return;
        }
    }

    private Task JudgeAsync(StationParameter parameter, DateTime now, CancellationToken ct)
    {
        if (parameter.Actual is null) return Task.CompletedTask;
        var differs = parameter.Verdict is ParameterVerdict.Differs;
        var args = new Dictionary<string, string> { ["parameter"] = parameter.Code, ["filed"] = parameter.Filed!, ["actual"] = parameter.Actual };
        if (parameter.Factor.Length > 0) args["factor"] = parameter.Factor;
        return desk.HandleAsync(new(
            parameter.StationNo, AlarmKind.ParameterDiffers, $"parameter:{parameter.Code}:{parameter.Factor}", AlarmSeverity.Warning, differs, now, parameter.Factor.Length > 0 ? parameter.Factor : null,
            "parameter.differs", args, FiledParameters.Id.ToString(), null), ct);
    }
}
