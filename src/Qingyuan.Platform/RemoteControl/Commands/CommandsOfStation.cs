using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Commands;

/// <summary>Commands that did not go out before their station went: none may wait for it to come back. What is under way ends by its answer or its time.</summary>
internal sealed class CommandsOfStation(CommandRecorder recorder) : IStationDuty
{
    public async Task EndAsync(QingyuanDb db, int stationNo, string reason, Actor actor, CancellationToken ct)
    {
        var detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["why"] = "station.retired", ["reason"] = reason };
        foreach (var command in await db.Set<CommandRow>().Where(row => row.StationNo == stationNo && (row.State == CommandState.Requested || row.State == CommandState.Released)).OrderBy(row => row.Id).ToListAsync(ct))
            recorder.Step(db, command, CommandLife.Next(command.State, CommandEvent.Cancel), actor, detail);
    }
}
