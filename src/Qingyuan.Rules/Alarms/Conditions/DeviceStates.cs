using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Validity;

namespace Qingyuan.Rules.Alarms.Conditions;

/// <summary>What a device says of itself.</summary>
/// <param name="IsFault">It is faulty, or alarms.</param>
/// <param name="State">The state of the data while it lasts; null when the code says nothing about data.</param>
public readonly record struct DeviceMeaning(bool IsFault, DataState? State);

/// <summary>Reads the state codes of field information and treatment units.</summary>
[Clause("HJ 212-2017", "附录B 表B.6", Certainty = "SINGLE")]
public static class DeviceStates
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("DEVICE-STATES", "2017.1");

    /// <summary>The meaning of <paramref name="value"/> under <paramref name="name"/> (such as <c>i12001</c>, <c>SB1-RS</c>); null when the name is no state.</summary>
    public static DeviceMeaning? Read(string name, string value)
    {
        if (name.StartsWith("SB", StringComparison.Ordinal) && name.EndsWith("-RS", StringComparison.Ordinal)) return new(value == "4", null);
        return name switch
        {
            "i12001" => Analyser(value),
            "i12002" or "i12003" or "i22003" or "i22101" => new(value == "1", null),
            "i22001" => new(value == "2", null),
            _ => null,
        };
    }

    private static DeviceMeaning Analyser(string value) => value switch
    {
        "1" or "5" or "10" => new(false, DataState.Maintenance),
        "2" or "6" => new(true, DataState.Fault),
        "3" or "8" => new(false, DataState.Calibrating),
        _ => new(false, DataState.Normal),
    };
}
