using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.RemoteControl.Commands;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Automatic;

/// <summary>Starts what rules and schedules are authorised to start. Each cause starts one command, whatever restarts between.</summary>
internal sealed class AutomaticOperations(IDatabase database, IRemoteControl remote, IAlarmDesk alarms, IFieldLines lines, IStationDirectory stations, TimeProvider clock, ILogger<AutomaticOperations> log) : IDueScan
{
    /// <summary>A schedule that was missed for longer is not made up for: its hour was chosen for a reason.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(1);
    private readonly DateTimeOffset _first = clock.GetUtcNow() + AfterStart;

    public string Name => "automatic operations";

    public Task ScanAsync(CancellationToken ct) => clock.GetUtcNow() < _first ? Task.CompletedTask : LookAsync(ct);

    /// <summary>One round.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var now = StationClock.Wall(clock.GetUtcNow());
        List<AuthorisationRow> active;
        await using (var db = database.Read()) active = await db.Set<AuthorisationRow>().Where(row => row.RevokedAt == null && row.ValidFrom <= now && row.ValidTo > now).ToListAsync(ct);
        // Off line it would only be refused: it is started when the station is back, if its cause still stands.
        foreach (var authorisation in active.Where(each => lines.IsLinked(each.StationNo) && stations.InUse(each.StationNo) is not null))
        {
            if (authorisation.Rule == AutomaticStart.ExceedanceRetention.ToString()) await OnAlarmsAsync(authorisation, AlarmKind.Exceedance, ct);
            else if (authorisation.Rule == AutomaticStart.ClockCorrection.ToString()) await OnAlarmsAsync(authorisation, AlarmKind.ClockSkew, ct);
            else if (authorisation.DailyAt is { } at && now - now.Date.Add(at.ToTimeSpan()) is var late && late >= TimeSpan.Zero && late < Late)
                await StartAsync(authorisation, $"schedule:{authorisation.Id:N}:{now.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}", ct);
        }
    }

    private async Task OnAlarmsAsync(AuthorisationRow authorisation, AlarmKind kind, CancellationToken ct)
    {
        var open = await alarms.ListAsync(new(authorisation.StationNo, OpenOnly: true, kind, Limit: 50), null, ct);
        foreach (var alarm in open.Items.Where(alarm => alarm.RaisedAt >= authorisation.GivenAt)) await StartAsync(authorisation, $"alarm:{alarm.Id:N}:{authorisation.Operation}", ct);
    }

    private async Task StartAsync(AuthorisationRow authorisation, string cause, CancellationToken ct)
    {
        await using (var db = database.Read())
            if (await db.Set<CommandRow>().AnyAsync(row => row.StationNo == authorisation.StationNo && row.Cause == cause, ct)) return;
        var request = new CommandRequest(authorisation.StationNo, authorisation.Operation, StoredTexts.Read(authorisation.Parameters), authorisation.Reason, null);
        var started = await remote.StartAsync(request, authorisation.Rule, cause, ct);
        if (!started.TryGet(out _, out var refusal)) log.NotStarted(authorisation.Rule, authorisation.Operation, authorisation.StationNo, refusal.Code);
    }
}
