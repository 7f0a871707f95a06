using System.Buffers;
using System.Text;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Segments;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Wire;

/// <summary>An operation as bytes for one station: in the standard's command where the edition has one, else as the device's adapter says, else not at all.</summary>
internal sealed class OperationFrames(IStationDirectory stations, Adapters adapters)
{
    /// <summary>The standard has no command for it in the station's edition, and no adapter names one.</summary>
    public const string NoWire = "command.no-wire";

    private static readonly SearchValues<char> Separators = SearchValues.Create(";,=&#\r\n");

    /// <summary>What would be written, without parameters: source and remark; null when nothing could be.</summary>
    public (string Source, string? Remark)? Source(Operation operation, StationInfo station)
    {
        var edition = EditionOf(station);
        if (adapters.Find(station.Mn, operation.Code) is { } own) return (own.Adapter.Model, null);
        return StandardFrames.Spec(operation.Code, edition) is { } spec ? (spec.Clause, StandardFrames.Remark(operation.Code, edition)) : null;
    }

    /// <summary>The frame; refuses <see cref="NoWire"/> and parameters that are missing or malformed.</summary>
    public Result<OperationFrame> Frame(Operation operation, StationInfo station, IReadOnlyDictionary<string, string> given)
    {
        if (adapters.Find(station.Mn, operation.Code) is { } own) return Adapted(own.Adapter, own.Operation, station, given);
        if (StandardFrames.Spec(operation.Code, EditionOf(station)) is not { } spec) return new Refusal(NoWire, operation.Code, station.Edition);
        if (!StandardFrames.Body(operation.Code, spec, given).TryGet(out var body, out var refusal)) return refusal;
        return new OperationFrame(spec.Answer, spec.Clause, StandardFrames.Remark(operation.Code, spec.Edition), qn =>
            MessageWriter.ToBytes(Message.Of(spec, body) with { Qn = qn, St = St(station), Pw = Password(station), Mn = station.Mn }));
    }

    private Result<OperationFrame> Adapted(Adapter adapter, AdapterOperation how, StationInfo station, IReadOnlyDictionary<string, string> given)
    {
        if (given.FirstOrDefault(each => each.Value.AsSpan().IndexOfAny(Separators) >= 0).Key is { } name) return new Refusal("command.parameter-invalid", name, "no separators");
        if (Adapters.Fill(how.Area, given) is not { Area: { } area } filled) return new Refusal("command.parameter-missing", Adapters.Fill(how.Area, given).Missing!);
        var flag = ((int)EditionOf(station) << 2) | 1;
        return new OperationFrame(AnswerKind.Result, adapter.Model, null, qn => new FrameBuilder
        {
            Qn = qn, St = how.St ?? St(station), Cn = $"{how.Command}", Pw = Password(station), Mn = station.Mn, Flag = flag, Area = area,
        }.ToBytes());
    }

    // Requests carry the code of the monitored system, not 91 (HJ 212-2017 6.5).
    private static string St(StationInfo station) => station.Kind is StationKind.Water ? "32" : "31";

    private string Password(StationInfo station) => Encoding.Latin1.GetString(stations.GetAccess(station.StationNo)?.Password ?? []);

    private static Edition EditionOf(StationInfo station) => station.Edition switch
    {
        2005 => Edition.V2005,
        2025 => Edition.V2025,
        _ => Edition.V2017,
    };
}
