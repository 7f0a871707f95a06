using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Operations;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Parameters;

/// <summary>What is filed for a station's analysers, beside what its twin was told last.</summary>
internal sealed class ParameterBook(IDatabase database, IElectronicLedger ledger, ILiveFeed live, IStationDirectory stations, TimeProvider clock) : IStationParameters
{
    private const int Longest = 64;
    private const int LongestNote = 500;

    public async Task<IReadOnlyList<StationParameter>> ListAsync(int stationNo, CancellationToken ct)
    {
        await using var db = database.Read();
        return Beside(stationNo, await db.Set<FiledParameterRow>().Where(row => row.StationNo == stationNo).ToListAsync(ct));
    }

    /// <summary>Filed ones and told ones as one list.</summary>
    public IReadOnlyList<StationParameter> Beside(int stationNo, IReadOnlyList<FiledParameterRow> filed)
    {
        var told = (live.Latest(stationNo)?.DeviceStates ?? new Dictionary<string, string>()).Where(each => IsParameter(each.Key)).ToDictionary(each => Split(each.Key), each => each.Value);
        var known = filed.ToDictionary(row => (row.Code, row.Factor));
        return
        [
            .. told.Keys.Union(known.Keys).OrderBy(key => key.Item2, StringComparer.Ordinal).ThenBy(key => key.Item1, StringComparer.Ordinal).Select(key =>
            {
                var (row, actual) = (known.GetValueOrDefault(key), told.GetValueOrDefault(key));
                return new StationParameter(stationNo, key.Item2, key.Item1, row?.Value, actual, FiledParameters.Judge(row?.Value, actual), row?.FiledBy, row?.FiledAt);
            }),
        ];
    }

    public async Task<Result<StationParameter>> FileAsync(int stationNo, string factor, string code, string? value, string note, Actor actor, CancellationToken ct)
    {
        if (actor.Role is not (OrderRoles.Dispatcher or OrderRoles.QcManager)) return new Refusal("command.not-yours", code, actor.Role);
        if (stations.InUse(stationNo) is not { } station) return stations.NotInUse(stationNo, "command.station-unknown");
        if (!IsParameter(code) || code.Length is not 6) return new Refusal("parameter.field-invalid", "code", "a parameter code, such as i13008");
        if (factor.Length > 0 && station.Factors.All(filed => filed.Code != factor)) return new Refusal("parameter.field-invalid", "factor", string.Join('|', station.Factors.Select(filed => filed.Code)));
        if (value is not null && (string.IsNullOrWhiteSpace(value) || InputText.Fault(value, Longest) is not null)) return new Refusal("parameter.field-invalid", "value", $"1-{Longest}");
        if (string.IsNullOrWhiteSpace(note) || InputText.Fault(note, LongestNote) is not null) return new Refusal("parameter.note-missing", "note");
        await database.WriteAsync((db, token) => StoreAsync(db, stationNo, factor, code, value?.Trim(), note.Trim(), actor, token), ct);
        var stored = await ListAsync(stationNo, ct);
        return stored.FirstOrDefault(each => each.Factor == factor && each.Code == code) ?? new StationParameter(stationNo, factor, code, null, null, ParameterVerdict.NotFiled, null, null);
    }

    private async Task<bool> StoreAsync(QingyuanDb db, int stationNo, string factor, string code, string? value, string note, Actor actor, CancellationToken ct)
    {
        var row = await db.Set<FiledParameterRow>().SingleOrDefaultAsync(each => each.StationNo == stationNo && each.Factor == factor && each.Code == code, ct);
        var (before, now) = (row?.Value, clock.GetUtcNow());
        if (value is null && row is not null) db.Remove(row);
        else if (row is not null) (row.Value, row.FiledBy, row.FiledAt) = (value!, actor.Id, now);
        else if (value is not null) db.Add(new FiledParameterRow { StationNo = stationNo, Factor = factor, Code = code, Value = value, FiledBy = actor.Id, FiledAt = now });
        var body = new JsonObject { ["name"] = code, ["factor"] = factor, ["note"] = note };
        if (before is not null) body["before"] = before;
        if (value is not null) body["value"] = value;
        ledger.Record(db, new("om.parameter.file", "station:" + stations.Get(stationNo)?.Mn, stationNo, factor.Length > 0 ? factor : null, actor, now, body));
        return true;
    }

    // i, device, 3: a parameter.
    private static bool IsParameter(string key) => key.Length >= 6 && key[0] is 'i' && key[2] is '3' && char.IsAsciiDigit(key[1]);

    private static (string Code, string Factor) Split(string key) => key.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (key[..colon], key[(colon + 1)..]) : (key, "");
}
