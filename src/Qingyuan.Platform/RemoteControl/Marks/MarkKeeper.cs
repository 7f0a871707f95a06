using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.RemoteControl.Commands;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Marks;

/// <summary>Automatic marks: begin with the first sign that the device carries the operation out, end a settling time after it has finished. Nothing is marked that the operation does not affect.</summary>
internal sealed class MarkKeeper(IStationDirectory stations, IOptions<RemoteControlOptions> options)
{
    /// <param name="at">Wall clock.</param>
    public void Begin(QingyuanDb db, CommandRow command, Operation operation, DateTime at, Actor actor)
    {
        if (operation.Mark is not { } letter) return;
        var factors = StoredTexts.Read(command.Parameters).GetValueOrDefault(OperationCatalogue.Factor) ?? All(command.StationNo);
        db.Add(new MarkRow
        {
            Id = Guid.CreateVersion7(), StationNo = command.StationNo, Factors = factors, Mark = letter, From = at, Source = MarkSource.Automatic, Operation = command.Operation,
            CommandId = command.Id, ActorId = actor.Id, Note = command.Reason,
        });
    }

    /// <param name="at">Wall clock at which the device finished.</param>
    public async Task EndAsync(QingyuanDb db, CommandRow command, DateTime at, CancellationToken ct)
    {
        var stored = await db.Set<MarkRow>().Where(row => row.CommandId == command.Id && row.To == null).ToListAsync(ct);
        var begunNow = db.Set<MarkRow>().Local.Where(row => row.CommandId == command.Id && row.To == null);
        foreach (var mark in stored.Union(begunNow).ToList()) mark.To = at + options.Value.Settling;
    }

    private string All(int stationNo) => string.Join(',', stations.Get(stationNo)?.Factors.Select(factor => factor.Code) ?? []);
}
