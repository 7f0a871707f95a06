using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>How the API writes JSON: camelCase, kebab-case words for enums, decimals as strings, times with +08:00.</summary>
public static class ApiJson
{
    /// <summary>Said of what is not a decimal number.</summary>
    internal const string NoDecimal = "Expected a decimal number.";

    /// <summary>Said of what is not an instant.</summary>
    internal const string NoInstant = "Expected an RFC 3339 time with offset.";

    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new DecimalText());
        options.Converters.Add(new InstantText());
        options.Converters.Add(new WallClockText());
        options.AllowDuplicateProperties = false; // which of two would count is anybody's guess
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }

    /// <summary>Decimal strings, so that no reader loses a digit to binary floating point; plain numbers are taken too.</summary>
    private sealed class DecimalText : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType is JsonTokenType.String
            ? decimal.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : throw new JsonException(NoDecimal)
            : reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Instants in station time; what comes in must say its offset.</summary>
    private sealed class InstantText : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } text && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal)) && reader.TryGetDateTimeOffset(out var at)
                ? at
                : throw new JsonException(NoInstant);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToOffset(StationClock.Offset));
    }

    /// <summary>Station wall clock goes out with the one offset it has.</summary>
    private sealed class WallClockText : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TryGetDateTimeOffset(out var at) ? StationClock.Wall(at) : throw new JsonException(NoInstant);

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(StationClock.Instant(value));
    }
}
