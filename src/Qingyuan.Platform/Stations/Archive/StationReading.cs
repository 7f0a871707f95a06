using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>A draft from JSON in the API's own shape, for callers that are not HTTP.</summary>
public static class StationReading
{
    // A misspelt member must not be a member left out.
    private static readonly JsonSerializerOptions Strict = new(ApiJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static readonly string[] Members = [.. typeof(StationBody).GetProperties().Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name))];

    private static readonly StationDraft Sound = new("M", "M", StationKind.Gas, 2017, "P");

    public static Result<StationDraft> Draft(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var body = json.Deserialize<StationBody>(Strict) ?? new StationBody();
            return body.Missing(passwordNeeded: true) is { } field ? new Refusal("station.field-missing", field) : body.ToDraft();
        }
        catch (JsonException error)
        {
            var field = Field(error.Path);
            return new Refusal("station.field-invalid", field, Expected(field, json));
        }
    }

    private static string Field(string? path) => path is ['$', '[', '\'', .. var name, '\'', ']'] ? name : path?.TrimStart('$', '.') ?? "";

    private static string Expected(string field, JsonObject json)
    {
        if (!json.ContainsKey(field)) return "a value as the API takes it";
        if (Array.Find(Members, name => name.Equals(field, StringComparison.OrdinalIgnoreCase)) is not { } member) return $"one of the names {string.Join(" | ", Members)}";
        return Expected(member) is { } expected ? $"{expected}, not {json[field]}" : "text";
    }

    // What cannot be read is told the same as what can be and is out of bounds.
    private static string? Expected(string member) => member switch
    {
        "kind" => Said(Sound with { Kind = (StationKind)(-1) }),
        "edition" => Said(Sound with { Edition = 0 }),
        "network" => Said(Sound with { Network = (NetworkKind)(-1) }),
        "referenceOxygen" => Said(Sound with { ReferenceOxygen = -1 }),
        "longitude" => Said(Sound with { Position = new(181, 0, PositionDatum.Wgs84) }),
        "latitude" => Said(Sound with { Position = new(0, 91, PositionDatum.Wgs84) }),
        "datum" => Said(Sound with { Position = new(0, 0, (PositionDatum)(-1)) }),
        "realtimeSeconds" => Said(Sound with { RealtimeSeconds = 0 }),
        "minuteInterval" => Said(Sound with { MinuteInterval = 0 }),
        "flags" => "hj212 | hj75",
        "isSample" => "true | false of JSON",
        "allowedNetworks" or "factors" => "a list",
        _ => null,
    };

    private static string? Said(StationDraft bad) => DraftCheck.Fault(bad, passwordNeeded: true)?.Args[1].ToString();
}
