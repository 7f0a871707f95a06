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
            return new Refusal("station.field-invalid", error.Path?.TrimStart('$', '.') ?? "", json[error.Path?.TrimStart('$', '.') ?? ""]?.ToString() ?? "");
        }
    }
}
