using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qingyuan.Platform.RemoteControl.Wire;

/// <summary>What a maker's device understands beyond the standard, as its file in <c>adapters/</c> says.</summary>
internal sealed record Adapter
{
    /// <summary>Maker and model, as people know it.</summary>
    public required string Model { get; init; }

    /// <summary>MNs of the stations whose device is of this model.</summary>
    public required IReadOnlyList<string> Mns { get; init; }

    /// <summary>By the operation's code.</summary>
    public required IReadOnlyDictionary<string, AdapterOperation> Operations { get; init; }

    [JsonIgnore]
    public string File { get; init; } = "";
}

/// <summary>A maker's frame for an operation.</summary>
/// <param name="Command">CN, of the maker's own range.</param>
/// <param name="Area">The data area; <c>{factor}</c> and other parameters stand in braces.</param>
internal sealed record AdapterOperation(int Command, string Area)
{
    /// <summary>ST of the request; the station's own when absent.</summary>
    public string? St { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(Adapter))]
internal sealed partial class AdapterJson : JsonSerializerContext;
